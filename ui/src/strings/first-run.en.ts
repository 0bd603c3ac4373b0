/** The words of the first run: a public URL, the provider's side, and a try. */
export const firstRun = {
  title: 'Connect your WhatsApp number',
  intro:
    'Tell your provider to forward incoming messages and delivery statuses to this computer, and they appear in this window. It takes three steps.',
  done: 'Done',
  settings: 'Settings',

  url: 'Get a public URL',
  urlWhy: 'Providers can only post to a public https address. It leads to Bluetick on this computer.',
  urlDone: (host: string) => `Providers reach Bluetick at ${host}`,
  urlConnecting: 'Connecting… this takes a few seconds.',
  urlSkipped: 'Without a public URL Bluetick works on this computer only. You can get one at any time.',
  skip: 'Skip for now',
  unskip: 'Get a public URL',
  change: 'Change',

  provider: 'Put it into the forward rule',
  addressNamed: (label: string) => `Address “${label}”`,
  publicUrl: 'URL for your provider',
  localUrl: 'URL on this computer',
  localNote:
    'This URL works on this computer only: providers cannot reach it. Get a public URL in step 1 and it stands here.',
  token: 'Verify token',
  tokenHint: 'Only Meta asks for it.',
  copyUrl: 'Copy the URL',
  copyToken: 'Copy the verify token',
  secret: 'The path is a secret: whoever knows it can post messages to you.',
  noAddress: 'There is no address to listen on.',
  link: {
    name: 'LINK Mobility',
    steps: [
      'In the messaging portal, open WhatsApp Assistant for your channel.',
      'Add a rule for Incoming Message: forward to an HTTP URL, paste the URL from above, and choose JSON.',
      'Add the same rule for Delivery Status: same URL, also JSON.',
    ],
  },
  meta: {
    name: 'Meta Cloud API',
    steps: [
      'In your Meta app, open WhatsApp → Configuration → Webhook.',
      'Enter the URL from above as Callback URL, and the verify token.',
      'Verify and save, then subscribe to the field “messages”.',
    ],
  },
  refused: {
    title: 'Meta refused this URL?',
    text: 'Meta sometimes refuses the free domains of ngrok as “malicious and/or abusive”. Nothing is wrong with your computer, and neither you nor Bluetick can change it. A domain that is your own helps:',
    ways: [
      'Your own domain at ngrok. It needs a paid plan there.',
      'Cloudflare Tunnel (a named tunnel) with a domain of yours.',
      'Tailscale Funnel, whose name is that of your own network.',
      'A reverse proxy of your own.',
    ],
    then: 'For ngrok, enter the domain in the settings. For the others, choose “I have my own URL” there.',
    settings: 'Change the public URL',
  },

  test: 'Send a test message',
  testHint: {
    public: 'Posts a sample message to your public URL, just as a provider would.',
    local: 'Posts a sample message to the URL on this computer. It does not try the way from outside.',
  },
  sendTest: 'Send a test message',
  sending: 'Sending…',
  testWorked: (status: number, milliseconds: number) => `It works: HTTP ${status} in ${milliseconds} ms`,
  testThrough: {
    public: 'It went out to your public URL and came back in.',
    local: 'It stayed on this computer: providers need a public URL.',
  },
  testRefused: (status: number, milliseconds: number) => `Answered with HTTP ${status} after ${milliseconds} ms`,
  testFailed: (message: string) => `The test message could not be sent: ${message}`,
  waiting: 'Waiting for the first message…',
  arrived: 'The first message is here',
  arrivedFrom: (title: string) => `From ${title}`,
  open: 'Open the conversation',
  log: 'See everything that was delivered',
  version: (version: string) => `Bluetick ${version}`,
};
