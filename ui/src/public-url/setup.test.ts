import { describe, expect, test } from 'vitest';

import type { PublicUrlSetup } from '../host/generated/PublicUrlSetup';
import { blamed, changed, changeOf, type Draft, draftOf, errorsOf } from './setup';

const NONE: PublicUrlSetup = {
  way: 'off',
  hasToken: false,
  domain: null,
  ownUrl: null,
  systemCertificates: false,
  proxy: null,
  quota: 20_000,
};
const NGROK: PublicUrlSetup = { ...NONE, way: 'ngrok', hasToken: true, domain: 'a.example.org', proxy: 'http://p' };

const typed = (setup: PublicUrlSetup, change: Partial<Draft>): Draft => ({ ...draftOf(setup), ...change });

describe('what is told to the host', () => {
  test('is only what is different, and only of the way that is chosen', () => {
    expect(changeOf(typed(NGROK, {}), NGROK)).toEqual(changed({ way: 'ngrok' }));
    expect(changeOf(typed(NGROK, { token: ' 2abc ', ownUrl: 'https://o' }), NGROK)).toEqual(
      changed({ way: 'ngrok', token: '2abc' }),
    );
    expect(changeOf(typed(NGROK, { way: 'off', domain: 'other.example.org' }), NGROK)).toEqual(changed({ way: 'off' }));
    expect(changeOf(typed(NGROK, { systemCertificates: true, quota: '100000' }), NGROK)).toEqual(
      changed({ way: 'ngrok', systemCertificates: true, quota: 100_000 }),
    );
  });

  test('takes away what is emptied', () => {
    expect(changeOf(typed(NGROK, { domain: '', proxy: ' ' }), NGROK)).toEqual(
      changed({ way: 'ngrok', domain: '', proxy: '' }),
    );
  });

  test('is as bare as it has to be, however it was pasted', () => {
    expect(changeOf(typed(NONE, { way: 'own', ownUrl: ' https://a.example.org/// ' }), NONE).ownUrl).toBe(
      'https://a.example.org',
    );
    expect(changeOf(typed(NONE, { way: 'ngrok', domain: 'https://a.example.org/' }), NONE).domain).toBe(
      'a.example.org',
    );
  });
});

describe('what is wrong', () => {
  test.each([
    [{ way: 'off' }, []],
    [{ way: 'ngrok' }, ['token']],
    [{ way: 'ngrok', token: 'x' }, []],
    [{ way: 'ngrok', token: 'x', domain: 'no domain', proxy: 'ftp://p', quota: '0' }, ['domain', 'proxy', 'quota']],
    [{ way: 'ngrok', token: 'x', domain: 'https://über.example.org/', proxy: 'SOCKS5://me:pw@p:1080' }, []],
    [{ way: 'own' }, ['ownUrl']],
    [{ way: 'own', ownUrl: 'http://a.example.org' }, ['ownUrl']],
    [{ way: 'own', ownUrl: 'https://' }, ['ownUrl']],
    [{ way: 'own', ownUrl: 'https://a.example.org/?x=1' }, ['ownUrl']],
    [{ way: 'own', ownUrl: 'https://me@a.example.org' }, ['ownUrl']],
    [{ way: 'own', ownUrl: 'https://a.example.org:8443/in/' }, []],
  ] as [Partial<Draft>, string[]][])('with %j is %j', (change, fields) => {
    expect(Object.keys(errorsOf(typed(NONE, change), NONE))).toEqual(fields);
  });

  test('is not the token where there is one already', () => {
    expect(errorsOf(typed(NGROK, {}), NGROK)).toEqual({});
  });

  test('is at a field where the host can mean no other', () => {
    expect(blamed(changed({ way: 'ngrok', token: 'x' }))).toBe('token');
    expect(blamed(changed({ way: 'own', ownUrl: 'x' }))).toBe('ownUrl');
    expect(blamed(changed({ token: 'x', domain: 'y' }))).toBeNull();
    expect(blamed(changed({ token: 'x', systemCertificates: true }))).toBeNull();
    expect(blamed(changed({ way: 'off' }))).toBeNull();
  });
});
