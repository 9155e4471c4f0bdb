import { createRequire } from 'node:module';
import { lastValueFrom, of, toArray } from 'rxjs';
import * as t from 'io-ts';
import * as esm from 'rx-structured';

const cjs = createRequire(import.meta.url)('rx-structured');
const codec = t.type({ a: t.array(t.number) });

for (const [title, one, other] of [
  ['esm to cjs', esm, cjs],
  ['cjs to esm', cjs, esm],
]) {
  const verdict = of('{"a": [1, ]').pipe(one.toJsonTokens(), other.accumulatePartial(), other.decodeWith(codec));
  const { _tag, left } = await lastValueFrom(verdict);
  console.log(`${title}: ${_tag} ${left._tag} ${left.text}`);
}

const error = await lastValueFrom(of('[1,]').pipe(esm.toJsonTokens())).catch((error) => error);
console.log(
  `esm error of its own class only: ${error instanceof esm.JsonSyntaxError} ${error instanceof cjs.JsonSyntaxError} ` +
    String(error instanceof cjs.NoJsonError),
);

for (const [title, one, other] of [
  ['esm', esm, cjs],
  ['cjs', cjs, esm],
]) {
  const snapshot = await lastValueFrom(of('[1.0,', '  2]').pipe(one.toJsonTokens(), one.accumulatePartial()));
  const patches = await lastValueFrom(
    of('["a', 'b', '"]').pipe(one.toJsonTokens(), one.accumulatePartial(), other.toPatches(), toArray()),
  );
  const [operation] = patches[1].operations;
  console.log(`${title} text: ${other.textOf(snapshot)} ${operation.op} ${operation.value === 'b'}`);
}
