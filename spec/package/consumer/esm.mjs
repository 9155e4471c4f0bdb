import { from } from 'rxjs';
import * as t from 'io-ts';
import * as rxStructured from 'rx-structured';
import * as openai from 'rx-structured/openai';
import { run } from './run.cjs';

await run({ from, t, rxStructured, openai });
