/** What the app may do, with why; the manifest and the installation ask for these. */
export const BOT_SCOPES: Readonly<Record<string, string>> = {
  'chat:write': 'posts digests and answers',
  commands: '/news and /newsroom',
  'app_mentions:read': 'answers when it is mentioned',
  'users:read': 'tells admins and owners, who may use /newsroom',
  'team:read': 'the name of the workspace',
  'channels:read': 'checks a channel before a digest is set up; hears that one is archived or deleted',
  'groups:read': 'the same for private channels that it was invited to',
  'channels:join': 'joins a public channel that gets a digest',
  'channels:history': 'looks whether a digest arrived whose answer was lost; reads nothing else',
  'groups:history': 'the same in private channels',
  'im:write': 'private words to people who follow a story',
}

/** Events that the app hears of. */
export const BOT_EVENTS: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_deleted',
  'channel_left',
  'channel_rename',
  'channel_unarchive',
  'group_archive',
  'group_deleted',
  'group_left',
  'group_rename',
  'group_unarchive',
  'member_joined_channel',
  'tokens_revoked',
]
