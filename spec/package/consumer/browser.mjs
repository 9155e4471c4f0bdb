import { from } from 'rxjs';
import * as t from 'io-ts';
import { accumulatePartial, decodeWith, toJsonTokens } from 'rx-structured';

from(['{"name":"J', 'ohn","age":3', '0}'])
  .pipe(toJsonTokens(), accumulatePartial(), decodeWith(t.type({ name: t.string, age: t.number })))
  .subscribe(({ _tag, right }) => console.log(_tag, right._tag, JSON.stringify(right.value)));
