import type { Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type { AnswerStep } from '../../completions/CompletionModel.js';
import type { Conversation } from '../Conversation.js';
import type { PreparedTools } from './prepareTools.js';
import type { Tools } from './tool.js';
import type { ToolEvent } from './ToolEvent.js';
import { ToolLoop, type ToolLoopConfig } from './ToolLoop.js';

/** The tools that a model may call before it answers. */
export interface ToolsConfig<S extends Tools> {
  /**
   * The tools that the model may call before it answers, by name: {@link tool}. None by default. Every call is shown as
   * a Right of `_tag` `'Tool'`. The first of a request also says that the partials of this request were not the
   * answer.
   */
  readonly tools?: S;
  /**
   * How many requests may end in calls, over all attempts and models; beyond it, the stream errors with a {@link
   * MaxStepsError}. Default 8. `NaN` and negatives are 0, a fraction is rounded down.
   */
  readonly maxSteps?: number;
  /**
   * `'last-step'`: the answer is asked for in a request of its own, without tools, after the model has called what it
   * wanted. For models that do not take a schema beside tools, such as Gemini 2.5. `'any-step'`: every request asks for
   * both, the default where the model itself does not know better.
   */
  readonly answer?: AnswerStep;
}

/** How an attempt is read. */
export interface Reading<L, V> {
  /** The answer's text, judged; ends with its first Left. */
  readonly read: (deltas: Observable<string>) => Observable<Either<L, V>>;
  /** Whether a value is shown at once, or waits until it is known that the model calls no tool. */
  readonly isLive: (value: V) => boolean;
}

/**
 * One attempt after the other: each a request, or with tools as many as the model takes.
 *
 * @returns A function that makes the next attempt.
 */
export function createAttempts<L, V, M, T>(
  talk: Conversation<M, T>,
  tools: PreparedTools,
  { read, isLive }: Reading<L, V>,
  config: ToolLoopConfig,
): () => Observable<Either<L, V | ToolEvent>> {
  if (tools.size === 0) return () => read(talk.ask());
  const loop = new ToolLoop<L, V>(
    {
      steps: talk.steps,
      begin: () => {
        talk.begin();
      },
      request: (step) => talk.request(step),
      answer: (events) => read(talk.read(events)),
      isLive,
      add: (step) => {
        talk.add(step);
      },
    },
    tools,
    config,
  );
  return () => loop.startAttempt();
}
