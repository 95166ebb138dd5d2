/** A random-looking text, always the same, put together here so that no secret stands in a source. */
const fresh = (prefix: string, body: string): string => [prefix, body].join('');

const KEY_BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7'.split('').reverse().join('');

/** Lines of a key, as they stand between its first and its last. */
export const PRIVATE_KEY_LINES: readonly string[] = [`${KEY_BODY}Zq1xTr`, `9Vb${KEY_BODY}wK2`, `d7Lm8${KEY_BODY}`];

const KIND = 'PRIVATE';

export const PRIVATE_KEY = [`-----BEGIN ${KIND} KEY-----`, ...PRIVATE_KEY_LINES, `-----END ${KIND} KEY-----`, ''].join(
  '\n',
);

/** Secrets inside of files that may be read otherwise: what surrounds them is shown, they are not. */
export const INLINE_SECRETS = {
  google: fresh('AI', 'zaSyD4n7Qw2Lk9Vb3Xc8Zr5Tg1Yh6Uj0Mp4s'),
  github: fresh('gh', 'p_9sKd83JdL2mQx7Vb4Nc6Zt1Rw5Yg8Hf0Te'),
  aws: fresh('AK', 'IAQ7ZT4WLX2MR9VB5C'),
  stripe: fresh('sk_', 'live_51Hq8ZtR4wLx2MvB9nC7yK3d'),
  databasePassword: fresh('k7Qz', '!mR4vXw9'),
  sessionSecret: fresh('Wq8z', 'Lk3vTn6bRx1mYc5dHf9g'),
} as const;

/** Marks of files that must not be read at all: none of their text ever leaves. */
export const FORBIDDEN_MARKS = {
  environment: 'PLANTED-ENVIRONMENT-7c1e',
  upperCaseEnvironment: 'PLANTED-UPPER-ENVIRONMENT-2d9a',
  committedEnvironment: 'PLANTED-COMMITTED-ENVIRONMENT-b4f0',
  key: 'PLANTED-KEY-91bd',
  certificate: 'PLANTED-CERTIFICATE-5e27',
  npm: 'PLANTED-NPM-40ac',
  cloud: 'PLANTED-CLOUD-d318',
  account: 'PLANTED-ACCOUNT-66f5',
  gitInternals: 'PLANTED-GIT-INTERNALS-8a03',
  ignored: 'PLANTED-IGNORED-c7d2',
  ignoredDeep: 'PLANTED-IGNORED-DEEP-19e6',
  outside: 'PLANTED-OUTSIDE-f08b',
} as const;

/** All that must never be found in anything that left. */
export const ALL_PLANTED: readonly string[] = [
  ...Object.values(FORBIDDEN_MARKS),
  ...Object.values(INLINE_SECRETS),
  ...PRIVATE_KEY_LINES,
];
