/**
 * Everything that can be in the way of the public URL: what it means for whoever answers customers, what it is called in the list
 * of outages, and the one thing to do about it. ngrok's pages are those that its own error messages name.
 */
import type { Trouble } from '../host/generated/Trouble';
import type { TroubleKind } from '../host/generated/TroubleKind';

/** A place in the settings that a cure leads to. */
export type SettingsPlace = 'publicUrl' | 'token' | 'domain' | 'proxy' | 'notifications' | 'addresses';

export type Cure =
  | { does: 'settings'; label: string; at: SettingsPlace }
  | { does: 'retry'; label: string }
  | { does: 'systemCertificates'; label: string }
  | { does: 'open'; label: string; url: string };

interface Known {
  /** A whole sentence, also for where it is all that is said. */
  sentence: string | ((told: Trouble, local: string) => string);
  /** A few words, for what is over. */
  cause: string;
  cure: Cure;
}

const DASHBOARD = 'https://dashboard.ngrok.com';
const retry: Cure = { does: 'retry', label: 'Try again' };
const checkNow: Cure = { does: 'retry', label: 'Check now' };
const tryNow: Cure = { does: 'retry', label: 'Try now' };
const enterToken: Cure = { does: 'settings', label: 'Enter the token', at: 'token' };

export const troubles: Record<TroubleKind, Known> = {
  noToken: {
    sentence: 'ngrok needs the token of your account.',
    cause: 'There was no ngrok token',
    cure: enterToken,
  },
  tokenRefused: {
    sentence: 'ngrok does not accept this token.',
    cause: 'ngrok did not accept the token',
    cure: enterToken,
  },
  tooOld: {
    sentence: 'ngrok no longer accepts this version of Bluetick. Install the newest one.',
    cause: 'This version of Bluetick was too old for ngrok',
    cure: retry,
  },
  emailUnconfirmed: {
    sentence: 'ngrok waits until you confirm the e-mail address of your account.',
    cause: 'The e-mail address at ngrok was not confirmed',
    cure: { does: 'open', label: 'Confirm at ngrok', url: `${DASHBOARD}/user/settings` },
  },
  domainRefused: {
    sentence: 'ngrok does not give this domain to your account.',
    cause: 'ngrok refused the domain',
    cure: { does: 'settings', label: 'Change the domain', at: 'domain' },
  },
  suspended: {
    sentence: 'ngrok has suspended your account.',
    cause: 'The ngrok account was suspended',
    cure: { does: 'open', label: 'Go to ngrok', url: DASHBOARD },
  },
  countryBlocked: {
    sentence: 'ngrok does not serve the country you are in.',
    cause: 'ngrok does not serve this country',
    cure: { does: 'settings', label: 'Choose another way', at: 'publicUrl' },
  },
  tooManyAgents: {
    sentence: 'Too many computers are connected with your ngrok account. Disconnect one of them.',
    cause: 'Too many computers with this ngrok account',
    cure: { does: 'open', label: 'See them at ngrok', url: `${DASHBOARD}/agents` },
  },
  quotaUsedUp: {
    sentence: 'The requests that your ngrok plan has for this month are used up.',
    cause: 'The month’s ngrok requests were used up',
    cure: { does: 'open', label: 'See plans at ngrok', url: `${DASHBOARD}/billing` },
  },
  addressInUse: {
    sentence: 'Another computer has this URL, or ngrok still holds an earlier connection.',
    cause: 'The URL was in use elsewhere',
    cure: retry,
  },
  refused: {
    sentence: ({ detail }) =>
      detail === null ? 'ngrok refused the connection.' : `ngrok refused: ${sentence(detail)}`,
    cause: 'ngrok refused the connection',
    cure: retry,
  },
  closed: {
    sentence: 'The connection was closed in ngrok’s dashboard.',
    cause: 'Closed in ngrok’s dashboard',
    cure: { does: 'retry', label: 'Connect again' },
  },
  noNetwork: {
    sentence: 'This computer is not connected to the internet.',
    cause: 'No internet',
    cure: tryNow,
  },
  cannotConnect: {
    sentence: 'ngrok’s servers cannot be reached from this network.',
    cause: 'ngrok’s servers could not be reached',
    cure: tryNow,
  },
  silent: {
    sentence: 'The connection to ngrok was taken, but nobody answers. A firewall may hold it up.',
    cause: 'Nobody answered',
    cure: tryNow,
  },
  signInPage: {
    sentence: 'This network wants you to sign in. Open any web page, sign in, and try again.',
    cause: 'The network wanted a sign-in',
    cure: retry,
  },
  untrustedCertificate: {
    sentence: 'Antivirus software or the company’s network reads along with the connection to ngrok.',
    cause: 'The connection to ngrok was read on its way',
    cure: { does: 'systemCertificates', label: 'Use the system’s certificates' },
  },
  proxyRefused: {
    sentence: 'The proxy does not let the connection through.',
    cause: 'The proxy did not let it through',
    cure: { does: 'settings', label: 'Check the proxy', at: 'proxy' },
  },
  connectionLost: {
    sentence: 'The connection broke.',
    cause: 'The connection broke',
    cure: tryNow,
  },
  urlUnreachable: {
    sentence: 'Nothing answers at your public URL.',
    cause: 'Nothing answered at the public URL',
    cure: checkNow,
  },
  urlCertificate: {
    sentence: 'The certificate of your public URL is not valid.',
    cause: 'The public URL’s certificate was not valid',
    cure: checkNow,
  },
  urlAnswersOther: {
    sentence: (_, local) => `Something else answers at your public URL. Point it to ${local}.`,
    cause: 'Something else answered at the public URL',
    cure: checkNow,
  },
  asleep: {
    sentence: 'This computer was asleep.',
    cause: 'This computer was asleep',
    cure: tryNow,
  },
  notRunning: {
    sentence: 'Bluetick was not running.',
    cause: 'Bluetick was not running',
    cure: tryNow,
  },
};

/** What is wrong, in one sentence. `local` is where a public URL has to end, such as `127.0.0.1:4280`. */
export function troubleSentence(trouble: Trouble, local: string): string {
  const { sentence } = troubles[trouble.kind];
  return typeof sentence === 'string' ? sentence : sentence(trouble, local);
}

/** What others said word for word, where the sentence does not hold it already. */
export function troubleDetail({ kind, detail, code }: Trouble): string | null {
  const told = [kind === 'refused' ? null : detail, code].filter((part) => part !== null);
  return told.length === 0 ? null : told.join(' · ');
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
