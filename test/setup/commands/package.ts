// `npm run package`: builds talkthrough.vsix and checks what is in it.
import { buildPackage } from '../package-vsix.ts';

try {
  console.log(await buildPackage());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
