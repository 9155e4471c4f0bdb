import type { Conversation } from './Conversation.js';
import type { RejectedList } from './readAttempt.js';
import { WantedElements } from './WantedElements.js';

/** A list that is asked for until all of it has come, of one model after the other. */
export class ListInProgress<M> {
  /** The elements that the current attempt is asked for. */
  wanted = new WantedElements();
  /** With the model that is asked. */
  #talk: Conversation<M> | undefined;
  /** No other model was asked before. */
  isFirst = true;
  /** Why the attempt under way is over, where its answer is to blame. Set by its Left, cleared by the next attempt. */
  #rejected: RejectedList | undefined;

  /** The answer was wrong, or elements of it were. */
  reject(failure: RejectedList): void {
    this.#rejected = failure;
  }

  /** The same model is asked again. */
  tryAgain(): void {
    const failure = this.#rejected;
    if (failure === undefined) return;
    this.#rejected = undefined;
    this.#talk?.reject(failure, failure.elements?.length);
    this.wanted = failure.elements === undefined ? this.wanted.restart() : new WantedElements(failure.elements);
  }

  /**
   * Another model is asked: it is told all that was said, and what is still wanted.
   *
   * @returns Whether anything is.
   */
  handOver(talk: Conversation<M>): boolean {
    const before = this.#talk;
    this.#talk = talk;
    if (before === undefined) return true;
    this.isFirst = false;
    const isWanted = this.#tell(before, talk);
    // After the failures, among which the steps have their places.
    talk.takeOverSteps(before.steps);
    return isWanted;
  }

  #tell(before: Conversation<M>, talk: Conversation<M>): boolean {
    if (this.#rejected === undefined) {
      const remaining = this.wanted.takeRemaining();
      if (remaining === undefined) return false;
      if (this.wanted.count > 0)
        talk.takeOver([...before.failures, { text: before.said, correction: this.wanted.explainBreak() }]);
      else talk.takeOver(before.failures);
      this.wanted = remaining;
      return true;
    }
    this.#talk = before;
    this.tryAgain();
    this.#talk = talk;
    talk.takeOver(before.failures);
    return true;
  }
}
