import type { ExtractionState } from './extraction-state';

export interface Status {
  readonly tone: 'quiet' | 'busy' | 'good' | 'bad';
  readonly title: string;
  readonly detail: string;
}

/** Where an extraction is, in words; they change with its phases and not with its deltas, so they can be read aloud. */
export function statusOf({ phase, attempt, attempts, value, problem, completion }: ExtractionState): Status {
  const again = attempt > 1 ? `Attempt ${attempt} of ${attempts}` : '';
  switch (phase) {
    case 'idle':
      return { tone: 'quiet', title: 'Nothing to show yet', detail: 'Paste a message, or take one of the examples.' };
    case 'waiting':
      return attempt > 1
        ? { tone: 'busy', title: 'Asking again', detail: `${again}: the answer before was not accepted.` }
        : { tone: 'busy', title: 'Reading the message', detail: '' };
    case 'writing':
      return { tone: 'busy', title: 'Filling in', detail: again };
    case 'done': {
      const items = value.lineItems?.length ?? 0;
      const tokens = completion?.usage?.outputTokens;
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
    case 'rejected':
      return {
        tone: 'bad',
        title: 'No answer could be accepted',
        detail: `The model was asked ${attempts} times. See what was wrong below, and try again.`,
      };
    case 'failed':
      return { tone: 'bad', title: problem?.title ?? '', detail: problem?.advice ?? '' };
    case 'cancelled':
      return { tone: 'quiet', title: 'Cancelled', detail: 'The model was told to stop.' };
  }
}
