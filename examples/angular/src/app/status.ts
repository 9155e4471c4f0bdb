import type { ExtractionState } from './extraction-state';
import { explain } from './problem';

export interface Status {
  readonly tone: 'quiet' | 'busy' | 'good' | 'bad';
  readonly title: string;
  readonly detail: string;
}

/** Where an extraction is, in words; they change with its phases and not with its deltas, so they can be read aloud. */
export function statusOf(state: ExtractionState): Status {
  const { attempt } = state;
  const last = state.failures.at(-1);
  const again = last ? `Attempt ${attempt} of ${last.attempt + last.retriesLeft}` : '';
  switch (state.phase) {
    case 'idle':
      return { tone: 'quiet', title: 'Nothing to show yet', detail: 'Paste a message, or take one of the examples.' };
    case 'waiting':
      return last
        ? { tone: 'busy', title: 'Asking again', detail: `${again}: the answer before was not accepted.` }
        : { tone: 'busy', title: 'Reading the message', detail: '' };
    case 'writing':
      return { tone: 'busy', title: 'Filling in', detail: again };
    case 'done': {
      const items = state.value.lineItems.length;
      const tokens = state.completion?.usage?.outputTokens;
      return {
        tone: 'good',
        title: 'Done',
        detail: [
          `${items} ${items === 1 ? 'item' : 'items'}`,
          ...(attempt > 1 ? [`${attempt} attempts`] : []),
          ...(tokens === undefined ? [] : [`${tokens} tokens`]),
        ].join(', '),
      };
    }
    case 'invalid':
      return {
        tone: 'bad',
        title: 'No answer could be accepted',
        detail: `The model was asked ${attempt} times. See what was wrong below, and try again.`,
      };
    case 'failed': {
      const { title, advice } = explain(state.error);
      return { tone: 'bad', title, detail: advice };
    }
    case 'cancelled':
      return { tone: 'quiet', title: 'Cancelled', detail: 'The model was told to stop.' };
  }
}
