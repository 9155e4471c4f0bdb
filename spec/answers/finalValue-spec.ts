import { expect } from 'chai';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { lastValueFrom, of, Subject, take, takeUntil } from 'rxjs';
import { finalValue } from '../../lib/answers/finalValue.js';
import { InvalidAnswerError } from '../../lib/answers/InvalidAnswerError.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { Decoded } from '../../lib/decoded/Decoded.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { answers, invalid, type Person } from '../support/answerMarbles.js';
import { marbles } from '../support/marbles.js';

const value = { A: { name: 'Jo', age: 30 } };

describe('finalValue', () => {
  it(
    'gives the whole value when it is there, and completes with it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -p-q-l-p-C---|', answers);
      const expected = '     ---------(A|)';
      expectObservable(source.pipe(finalValue())).toBe(expected, value);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    }),
  );

  it(
    'errors where the stream ends with a Left, which the error holds',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-p-l-m-L--|', answers);
      expectObservable(source.pipe(finalValue())).toBe('----------#', undefined, new InvalidAnswerError(invalid(3, 0)));
    }),
  );

  it(
    'errors as well where another attempt was announced and did not come',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-l|', answers);
      expectObservable(source.pipe(finalValue())).toBe('--#', undefined, new InvalidAnswerError(invalid(1, 2)));
    }),
  );

  it(
    'completes without a value where there is nothing, or where the stream was ended before',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<Either<InvalidAnswer, Decoded<Person>>>('--|').pipe(finalValue())).toBe('--|');
      expectObservable(cold('-p-q--|', answers).pipe(finalValue())).toBe('------|');
      expectObservable(cold('-l-p-q-|', answers).pipe(take(2), finalValue())).toBe('---|');
      expectObservable(cold<Either<InvalidAnswer, Decoded<Person>>>('-').pipe(finalValue())).toBe('-');
    }),
  );

  it(
    'passes an error of the source',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-p-l-#', answers).pipe(finalValue())).toBe('-----#');
    }),
  );

  it(
    'unsubscribes from the source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-p-q-C|', answers);
      expectObservable(source.pipe(finalValue()), '^--!').toBe('----');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it('can be unsubscribed from as the value is delivered', () => {
    const stop = new Subject<void>();
    const log: unknown[] = [];
    of(answers.C, answers.L)
      .pipe(finalValue(), takeUntil(stop))
      .subscribe({
        next: (person) => {
          log.push(person);
          stop.next();
        },
        error: (error: unknown) => log.push(error),
      });
    expect(log).to.deep.equal([value.A]);
  });

  it(
    'starts afresh for every subscription',
    marbles(({ cold, expectObservable }) => {
      const result = cold('-l-C|', answers).pipe(finalValue());
      expectObservable(result).toBe('---(A|)', value);
      expectObservable(result, '-----^').toBe('--------(A|)', value);
    }),
  );

  it('makes a promise of a question, which rejects with what was wrong, in one line', async () => {
    const ask = (...texts: string[]) =>
      structuredCompletion(scriptedModel(texts), {
        codec: t.type({ name: t.string, age: t.number }),
        messages: ['Who?'],
        retries: 1,
        failFast: false,
      }).pipe(finalValue());
    expect(await lastValueFrom(ask('{"name":"Jo","age":3}'), { defaultValue: undefined })).to.deep.equal({
      name: 'Jo',
      age: 3,
    });

    const error: unknown = await lastValueFrom(ask('{}', '{"name":1,"age":"x"}'), { defaultValue: undefined }).catch(
      (reason: unknown) => reason,
    );
    expect(error)
      .to.be.instanceOf(InvalidAnswerError)
      .and.to.have.property('message')
      .that.equals('$.name: expected string, got 1; $.age: expected number, got "x"');
    expect(error).to.have.nested.property('invalid.attempt', 2);
  });
});
