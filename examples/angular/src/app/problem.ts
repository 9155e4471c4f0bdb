import { HttpErrorResponse } from '@angular/common/http';
import { IncompleteCompletionError, RefusalError } from 'rx-structured';
import { RemoteCompletionError, SseError } from 'rx-structured/sse';

/** An error as a person can use it: what happened, and what to do. */
export interface Problem {
  readonly title: string;
  readonly advice: string;
}

const cutOff: Readonly<Record<IncompleteCompletionError['reason'], Problem>> = {
  length: {
    title: 'The answer became too long',
    advice: 'It was cut off, and what you see is not all of it. Extract a shorter part of the message.',
  },
  'content-filter': {
    title: 'A content filter stopped the answer',
    advice: 'Take out what is not about the order, and try again.',
  },
  interrupted: {
    title: 'The connection was lost',
    advice: 'The answer ended in the middle. Nothing was saved. Try again.',
  },
  paused: { title: 'The model paused', advice: 'The answer is not whole. Nothing was saved. Try again.' },
  other: { title: 'The model stopped early', advice: 'The answer is not whole. Nothing was saved. Try again.' },
};

const atTheServer: Readonly<Record<RemoteCompletionError['code'], Problem>> = {
  timeout: { title: 'The model stopped writing', advice: 'It was given up after a while. Try again.' },
  'rate-limited': { title: 'The model is busy', advice: 'Too many people ask it just now. Try again in a minute.' },
  unavailable: { title: 'The model is not available', advice: 'Try again in a minute.' },
  internal: { title: 'Something went wrong', advice: 'Try again. If it stays like this, tell us when it happened.' },
};

const unreachable: Problem = {
  title: 'The server cannot be reached',
  advice: 'Check your connection, and try again.',
};

/** Finds the words for anything that can go wrong between this page and the model. */
export function explain(error: unknown): Problem {
  if (error instanceof RefusalError) return { title: 'The model declined', advice: error.refusal };
  if (error instanceof IncompleteCompletionError) return cutOff[error.reason];
  if (error instanceof RemoteCompletionError) return atTheServer[error.code];
  if (error instanceof SseError) return explainStatus(error.status);
  if (error instanceof HttpErrorResponse) return explainStatus(error.status);
  // `fetch` rejects with a TypeError if there is no connection.
  return error instanceof TypeError ? unreachable : atTheServer.internal;
}

function explainStatus(status: number): Problem {
  switch (status) {
    case 0:
    case 502:
    case 503:
    case 504:
      return unreachable;
    case 400:
    case 413:
      return { title: 'This text cannot be read', advice: 'It has to be between 1 and 20,000 characters long.' };
    case 404:
      return { title: 'This extraction is gone', advice: 'Extractions are kept for an hour. Extract the text again.' };
    case 429:
      return { title: 'Too many requests', advice: 'You asked more often than is allowed. Wait a minute.' };
    default:
      return atTheServer.internal;
  }
}
