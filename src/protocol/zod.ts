import { config } from 'zod';

// Imported before any schema is made. zod would try whether it may compile code and ask for `navigator` on the way, which
// VS Code logs as an error of the extension. Without compiled code a message of the surface is read in a microsecond.
config({ jitless: true });
