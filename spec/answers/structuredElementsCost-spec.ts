import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { Subject, type Subscription } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { DecodedElement, InvalidElement } from '../../lib/answers/DecodedElement.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { collectGarbage } from '../support/collectGarbage.js';

interface NameBrand {
  readonly Name: unique symbol;
}

/** How often the name of an element was judged. */
let judged = 0;
const isName = (_: string): _ is t.Branded<string, NameBrand> => {
  judged += 1;
  return true;
};
const User = t.type({ name: t.brand(t.string, isName, 'Name'), tags: t.array(t.string) }, 'User');
type Seen = E.Either<InvalidElement, DecodedElement<t.TypeOf<typeof User>>>;

const count = 5000;

describe('what a list of 5,000 elements costs', () => {
  let subscription: Subscription | undefined;

  beforeEach(() => {
    judged = 0;
  });

  afterEach(() => {
    subscription?.unsubscribe();
  });

  /** Delivers them all, each in two deltas, by a model that has not finished yet. */
  function deliver(retries: number, next: (either: Seen) => void): Subscription {
    const events = new Subject<CompletionEvent>();
    const config = { codec: User, messages: ['Users?'], retries };
    subscription = structuredElements(scriptedModel([events]), config).subscribe(next);
    for (let n = 0; n < count; n++) {
      events.next({ type: 'text-delta', text: `${n === 0 ? '{"items":[' : ','}{"name":"user ${n}` });
      events.next({ type: 'text-delta', text: `","tags":["a","b"]}` });
    }
    return subscription;
  }

  it('in work: each is judged once, and none of them again', () => {
    const names: string[] = [];
    deliver(0, (either) => {
      if (E.isRight(either)) names.push(either.right.value.name);
      expect(judged).to.equal(names.length);
    });
    expect(names).to.have.length(count);
    expect(names.at(-1)).to.equal('user 4999');
  });

  describe('in memory', () => {
    /** How many of the elements are still held when all have been delivered, and the model goes on. */
    async function held(retries: number, keep: (either: Seen) => void): Promise<number> {
      const delivered: WeakRef<object>[] = [];
      const running = deliver(retries, (either) => {
        if (E.isRight(either)) delivered.push(new WeakRef(either.right.value));
        keep(either);
      });
      expect(delivered).to.have.length(count);
      await collectGarbage();
      expect(running.closed).to.equal(false);
      return delivered.filter((element) => element.deref() !== undefined).length;
    }

    it('nothing of what was delivered', async () => {
      expect(await held(0, () => {})).to.be.at.most(1);
    });

    it('nothing of it either where bad elements may be asked for again', async () => {
      expect(await held(2, () => {})).to.be.at.most(1);
    });

    it('all of it, if its user keeps it', async () => {
      const kept: Seen[] = [];
      expect(await held(0, (either) => kept.push(either))).to.equal(count);
      expect(kept).to.have.length(count);
    });
  });
});
