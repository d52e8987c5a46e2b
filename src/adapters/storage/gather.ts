/**
 * Asks one by one, answered together: what is asked while an answer is on its way is asked as one when that has come. Hundreds of small
 * questions side by side cost few statements, and one alone waits for nobody.
 *
 * @param answerAll answers in the order of the questions; where it fails for several, each is asked again alone, so that one's trouble is its own
 * @param maxAtOnce most questions that are asked together
 */
export function gather<Question, Answer>(
  answerAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  maxAtOnce: number,
): (question: Question) => Promise<Answer> {
  const waiting: Asked<Question, Answer>[] = []
  let isBusy = false
  const work = async () => {
    isBusy = true
    // Those who ask in the same turn come along.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) await answerSome(answerAll, waiting.splice(0, maxAtOnce))
    isBusy = false
  }
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!isBusy) void work()
    })
}

interface Asked<Question, Answer> {
  readonly question: Question
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

async function answerSome<Question, Answer>(
  answerAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  asked: readonly Asked<Question, Answer>[],
): Promise<void> {
  try {
    const answers = await answerAll(asked.map(({ question }) => question))
    for (const [at, { resolve, reject }] of asked.entries()) {
      const answer = answers[at]
      if (answer === undefined) reject(new Error(`Cannot answer question ${at + 1} of ${asked.length}`))
      else resolve(answer)
    }
  } catch (error) {
    if (asked.length === 1) for (const { reject } of asked) reject(error)
    else for (const one of asked) await answerSome(answerAll, [one])
  }
}
