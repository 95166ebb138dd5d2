import { FORBIDDEN_MARKS, INLINE_SECRETS, PRIVATE_KEY } from './planted-secrets.ts';

const { environment, upperCaseEnvironment, key, certificate, npm, cloud, account, ignored, ignoredDeep } =
  FORBIDDEN_MARKS;

/** Excluded by name, wherever they lie. */
export const EXCLUDED_FILES: Readonly<Record<string, string>> = {
  '.env': `NAME=${environment}\nGOOGLE_KEY=${INLINE_SECRETS.google}\n`,
  '.env.local': `NAME=${environment}\n`,
  'config/.ENV.Production': `NAME=${upperCaseEnvironment}\n`,
  'packages/tool/.env': `NAME=${environment}\n`,
  'keys/server.pem': `${key}\n${PRIVATE_KEY}`,
  'keys/SERVER.PEM.backup.KEY': `${key}\n${PRIVATE_KEY}`,
  'keys/id_ed25519': `${key}\n${PRIVATE_KEY}`,
  'keys/server.crt': `${certificate}\n`,
  '.npmrc': `//127.0.0.1/:_authToken=${npm}\n`,
  '.aws/config': `${cloud}\n`,
  'deploy/service-account-prod.json': `{ "name": "${account}" }\n`,
};

/** Ignored by the `.gitignore` of the root, and by one further down. */
export const IGNORED_FILES: Readonly<Record<string, string>> = {
  'dist/bundle.js': `export const built = '${ignored}';\n`,
  'notes.private.md': `${ignored}\n`,
  'packages/tool/out/report.txt': `${ignoredDeep}\n`,
};
