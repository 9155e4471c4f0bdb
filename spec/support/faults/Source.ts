import type { Either } from 'fp-ts/lib/Either.js';
import type { Observable } from 'rxjs';
import type { InvalidAnswer } from '../../../lib/decoded/InvalidAnswer.js';
import type { Unavailable } from '../../../lib/answers/Unavailable.js';
import type { RequestOptions } from '../../../lib/completions/RequestOptions.js';
import type { StructuredAnswer } from '../../../lib/answers/structuredCompletion.js';

/** The form in which a server speaks. */
export type Protocol = 'chat' | 'responses' | 'messages' | 'gemini' | 'ollama' | 'sse';

/** How a source is asked. */
export interface Asking {
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly idleTimeout?: number | undefined;
  readonly retries?: number | undefined;
  readonly requestOptions?: RequestOptions | undefined;
}

/** An answer, as {@link Source.ask} gives it. */
export type Answers = Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<Person>>>;

export interface Person {
  readonly name: string;
  readonly age: number;
}

/** Something that asks a server over HTTP, and what that server says when all goes well. */
export interface Source {
  readonly name: string;
  /**
   * Who reads the response: a reader of ours, an SDK that iterates over it itself, a package of the AI SDK, whose parts
   * are all that we see, or the page that asks a server of ours.
   */
  readonly reader: 'own' | 'iteration' | 'package' | 'page';
  readonly protocol: Protocol;
  /** It goes on where a connection was lost. */
  readonly resumes?: true;
  readonly ask: (url: string, asking?: Asking) => Answers;
  /**
   * The frames of an answer with this text, each an event or a line.
   *
   * @param position For a source that resumes: how many events have been received.
   */
  readonly say: (deltas: readonly string[], position?: number) => readonly string[];
}

/** Characters of two, three and four bytes, so that cuts fall inside them. */
export const DELTAS = ['{"name":"Än', '€🎉","age"', ':30}'];

/** The outcome of an answer in these deltas, where nothing goes wrong. */
export const COMPLETE = 'Complete {"name":"Än€🎉","age":30}';
