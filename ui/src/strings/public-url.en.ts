/** The words about the public URL that stand on top of the window, in the first run and in the settings. */
import { counted } from './counted';
import { troubles } from './troubles.en';

const UNITS = [
  [24 * 60, 'day', 'days'],
  [60, 'h', 'h'],
  [1, 'min', 'min'],
] as const;
const MINUTE = 60_000;

/** How long, in the two greatest units that say something. */
export function lasting(milliseconds: number): string {
  let rest = Math.round(milliseconds / MINUTE);
  if (rest < 1) return 'less than a minute';
  const parts: string[] = [];
  for (const [size, one, other] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(counted(count, one, other));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

const late = (count: number) => `${counted(count, 'message', 'messages')} arrived late`;

export const publicUrl = {
  /** What the parts on top of the window are called. */
  parts: {
    state: 'State of the public URL',
    problem: 'What did not work',
    changed: 'New public URL',
    backAgain: 'Back again',
    quota: 'Requests of your plan',
  },
  days: { today: 'today', yesterday: 'yesterday' },
  /** With the day where it is not today's. */
  reachable: (checked: string) => `Reachable, checked ${checked}`,
  connecting: 'Connecting…',
  notReachable: (since: string) => `Not reachable since ${since} — providers keep trying, nothing is lost yet`,
  notReachableLong: (since: string) => `Not reachable since ${since} — what is older than 7 days may be lost`,
  needsYou: 'Needs you:',
  none: 'No public URL yet',
  setUp: 'Set up',
  /** Said aloud when it changes; times are left out, so that a check is not announced. */
  spoken: {
    off: 'There is no public URL yet.',
    connecting: 'The public URL is connecting.',
    online: 'The public URL is reachable.',
    reconnecting: (why: string) => `The public URL is not reachable. ${why}`,
    needsYou: (why: string) => `The public URL needs you. ${why}`,
  },
  open: 'open the settings',
  copyUrl: 'Copy the URL',
  copyUrls: 'Copy a URL',
  copyOf: (label: string) => `Copy the URL of ${label}`,
  problem: (message: string) => `That did not work: ${message}`,
  close: 'Close',

  backAgain: (span: string, count: number) =>
    `Back again. Not reachable ${span}${count > 0 ? `; ${late(count)}` : ''}.`,
  changed: (url: string) => `Your public URL is now ${url}. Put it into the forward rule; the old one no longer works.`,
  changedDone: 'Done',
  changedDoneFor: 'Done: my provider knows the new URL',
  quotaNear: (used: string, of: string, day: string) =>
    `${used} of the ${of} requests of your ngrok plan are used. When they are all used up, nothing comes through until ${day}.`,
  quotaOver: (of: string, day: string) =>
    `All ${of} requests of your ngrok plan are used up, as far as Bluetick counts. Counting starts anew on ${day}.`,

  way: {
    legend: 'How do messages get to this computer?',
    ngrok: {
      name: 'Through ngrok',
      hint: 'A tunnel service. Bluetick connects to it with the token of your account.',
    },
    own: {
      name: 'I have my own URL',
      hint: 'Your own domain, with a reverse proxy or a tunnel that ends at this computer.',
    },
    off: {
      name: 'Not at all',
      hint: 'Bluetick works on this computer only. Providers cannot reach it.',
    },
  },
  ngrok: {
    token: 'ngrok token',
    tokenHint: 'It stands in ngrok’s dashboard, under “Your Authtoken”.',
    tokenKept: 'A token is kept and never shown. Paste another one to replace it.',
    tokenLink: 'Get your token at ngrok',
    tokenUrl: 'https://dashboard.ngrok.com/get-started/your-authtoken',
    tokenDots: '••••••••••••',
    tokenMissing: 'Paste the token of your ngrok account.',
    domain: 'Domain',
    optional: 'optional',
    domainHint: 'Leave it empty for the one that ngrok gave to your account.',
    domainWrong: 'A domain is a name such as messages.example.org, without https:// and without a path.',
    more: 'Network and plan',
    proxy: 'Proxy',
    proxyHint: 'Only where this network wants one: http:// or socks5://.',
    proxyWrong: 'A proxy begins with http:// or socks5://.',
    certificates: 'Trust the system’s certificates',
    certificatesHint:
      'Needed where antivirus software or a company network reads along. Without it only ngrok’s own certificate is trusted.',
    quota: 'Requests a month in your plan',
    quotaHint: 'ngrok’s free plan has 20,000.',
    quotaWrong: 'A whole number above 0.',
    connect: 'Connect',
  },
  own: {
    url: 'Your public URL',
    urlHint: (local: string) => `It has to begin with https:// and end at ${local} on this computer.`,
    urlNotHttps: 'The URL has to begin with https://.',
    urlWrong: 'The URL holds something that it must not: only a server’s name and, if need be, a path.',
    urlMissing: 'Enter the URL that leads to this computer.',
    check: 'Save and check',
    recipes: 'How do I get one?',
  },
  recipes: [
    {
      name: 'Cloudflare Tunnel, with a domain of yours',
      text: 'Create a tunnel in Cloudflare’s dashboard and start cloudflared on this computer as it says there. Add a public hostname with this service:',
      code: (local: string) => `http://${local}`,
    },
    {
      name: 'Tailscale Funnel',
      text: 'Turn Funnel on for your network, then run this once:',
      code: (_: string, port: string) => `tailscale funnel --bg ${port}`,
    },
    {
      name: 'A reverse proxy on this computer',
      text: 'With Caddy, these lines are all it takes:',
      code: (local: string) => `messages.example.org {\n  reverse_proxy ${local}\n}`,
    },
    {
      name: 'A server of yours elsewhere',
      text: 'Let its reverse proxy end at a port of its own, and carry that port here over SSH:',
      code: (local: string, port: string) => `ssh -N -R ${port}:${local} you@your-server`,
    },
  ],
  copyRecipe: (name: string) => `Copy: ${name}`,

  cause: (kind: keyof typeof troubles) => troubles[kind].cause,
};
