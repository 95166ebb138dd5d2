import type { LiveLog } from './log.ts';
import type { LiveEvent } from './wire/read-message.ts';
import type { Prices } from './models.ts';
import { MetNames } from './wire/unread-fields.ts';
import { Usage, type UsageTotals } from './usage.ts';

export interface AccountsOptions {
  readonly prices: Prices;
  readonly log: LiveLog;
  readonly onUsage: (totals: UsageTotals) => void;
}

/** What is counted and written down of all that the service says, beside the conversation itself. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #usage: Usage;
  readonly #unreadFields = new MetNames();

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#usage = new Usage(options.prices);
  }

  get totals(): UsageTotals {
    return this.#usage.totals;
  }

  saw(event: LiveEvent): void {
    const { log, onUsage } = this.#options;
    switch (event.type) {
      case 'audio':
      case 'outputTranscript':
      case 'text':
        this.#usage.outputCame();
        return;
      case 'turnComplete':
        this.#usage.turnCompleted();
        return;
      case 'usage':
        this.#usage.report(event.usage);
        onUsage(this.totals);
        return;
      case 'malformed':
        log.warn(`skipped: ${event.what}`);
        return;
      case 'unread':
        for (const field of this.#unreadFields.meet(event.fields)) log.debug(`unused field: ${field}`);
        return;
      default:
    }
  }
}
