import { describe, expect, it } from 'vitest'
import { htmlToLine, htmlToPlainText } from '../../../src/core/feed/plain-text.ts'

describe('htmlToPlainText()', () => {
  it.each([
    ['<p>One.</p><p>Two <b>bold</b> words.</p>', 'One.\n\nTwo bold words.'],
    ['<div>One<div>Two</div></div>', 'One\n\nTwo'],
    ['One<br>two<br/><br/>three', 'One\ntwo\n\nthree'],
    ['<ul><li>a<li>b</ul>', 'a\n\nb'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
    ['A &amp; B &#8220;quoted&#8221; &nbsp; caf&eacute; &copy 2025', 'A & B “quoted” café © 2025'],
    ['don&#146;t', 'don’t'],
    ['a<script>alert("x<p>")</script>b<style>p{}</style>c<!-- d -->', 'abc'],
    ['5 < 8 and 9 > 3', '5 < 8 and 9 > 3'],
    ['I <3 news', 'I <3 news'],
    ['cut off <a href="x', 'cut off <a href="x'],
    ['plain\nlines\n\nand a paragraph', 'plain lines\n\nand a paragraph'],
    ['&lt;p&gt;Escaped&lt;/p&gt;&lt;p&gt;twice&lt;/p&gt;', 'Escaped\n\ntwice'],
    ['AT&amp;amp;T', 'AT&T'],
    ['ticker &lt;BIGCO&gt;', 'ticker <BIGCO>'],
    ['the &lt;p&gt; tag <b>explained</b>', 'the <p> tag explained'],
    ['<svg><title>Chart</title></svg>', 'Chart'],
    ['', ''],
  ])('reads %j', (html, text) => {
    expect(htmlToPlainText(html)).toBe(text)
  })

  it('reads ten thousand nested elements without slowing down', () => {
    expect(htmlToPlainText('<div>'.repeat(10_000) + 'x' + '</b>'.repeat(10_000))).toBe('x')
  })
})

describe('htmlToLine()', () => {
  it('gives one line', () => {
    expect(htmlToLine('<p>One</p>\n<p>two<br>three</p>')).toBe('One two three')
  })
})
