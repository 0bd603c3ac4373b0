/**
 * The form about the public URL, without its elements: what is typed, what is wrong with it as far as the page can tell, and what
 * of it is to be told to the host.
 */
import type { PublicUrlChange } from '../host/generated/PublicUrlChange';
import type { PublicUrlSetup } from '../host/generated/PublicUrlSetup';
import type { Way } from '../host/generated/Way';
import { strings } from '../strings/en';

export interface Draft {
  way: Way;
  token: string;
  domain: string;
  ownUrl: string;
  systemCertificates: boolean;
  proxy: string;
  quota: string;
}

/** What can be wrong on its own. */
export type DraftField = 'token' | 'domain' | 'ownUrl' | 'proxy' | 'quota';
export type DraftErrors = Partial<Record<DraftField, string>>;

const HOST = /^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

export function draftOf(setup: PublicUrlSetup): Draft {
  return {
    way: setup.way,
    token: '',
    domain: setup.domain ?? '',
    ownUrl: setup.ownUrl ?? '',
    systemCertificates: setup.systemCertificates,
    proxy: setup.proxy ?? '',
    quota: String(setup.quota),
  };
}

/** A domain as people paste it, without what a browser puts around it. */
const bareDomain = (text: string) =>
  text
    .trim()
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '');

const bareUrl = (text: string) => text.trim().replace(/\/+$/, '');

export function errorsOf(draft: Draft, setup: PublicUrlSetup): DraftErrors {
  const { ngrok, own } = strings.publicUrl;
  const errors: DraftErrors = {};
  switch (draft.way) {
    case 'off':
      break;
    case 'own': {
      const url = bareUrl(draft.ownUrl);
      if (url === '') errors.ownUrl = own.urlMissing;
      else if (!/^https:\/\/./i.test(url)) errors.ownUrl = own.urlNotHttps;
      else if (!isPublicUrl(url)) errors.ownUrl = own.urlWrong;
      break;
    }
    case 'ngrok': {
      const domain = bareDomain(draft.domain);
      const proxy = draft.proxy.trim();
      if (draft.token.trim() === '' && !setup.hasToken) errors.token = ngrok.tokenMissing;
      if (domain !== '' && !HOST.test(domain)) errors.domain = ngrok.domainWrong;
      if (proxy !== '' && !/^(http|socks5):\/\/\S+$/i.test(proxy)) errors.proxy = ngrok.proxyWrong;
      if (!/^[1-9]\d{0,11}$/.test(draft.quota.trim())) errors.quota = ngrok.quotaWrong;
      break;
    }
  }
  return errors;
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username } = new URL(text);
  return protocol === 'https:' && search === '' && hash === '' && username === '';
}

const NOTHING: PublicUrlChange = {
  way: null,
  token: null,
  domain: null,
  ownUrl: null,
  systemCertificates: null,
  proxy: null,
  quota: null,
};

/** A change of what is named, and of nothing else. */
export const changed = (change: Partial<PublicUrlChange>): PublicUrlChange => ({ ...NOTHING, ...change });

/** What of the chosen way is different from what was decided. */
export function changeOf(draft: Draft, setup: PublicUrlSetup): PublicUrlChange {
  const different = <Value>(next: Value, before: Value) => (next === before ? null : next);
  const change = changed({ way: draft.way });
  switch (draft.way) {
    case 'off':
      return change;
    case 'own':
      return { ...change, ownUrl: different(bareUrl(draft.ownUrl), setup.ownUrl ?? '') };
    case 'ngrok':
      return {
        ...change,
        token: draft.token.trim() === '' ? null : draft.token.trim(),
        domain: different(bareDomain(draft.domain), setup.domain ?? ''),
        systemCertificates: different(draft.systemCertificates, setup.systemCertificates),
        proxy: different(draft.proxy.trim(), setup.proxy ?? ''),
        quota: different(Number(draft.quota), setup.quota),
      };
  }
}

/** The field that the host must mean when it refuses the change; nothing where it may be any of several. */
export function blamed(change: PublicUrlChange): DraftField | null {
  const fields = (['token', 'domain', 'ownUrl', 'proxy', 'quota'] as const).filter((field) => change[field] !== null);
  return fields.length === 1 && change.systemCertificates === null ? fields[0]! : null;
}
