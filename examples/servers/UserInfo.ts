// Known to the server, which asks a model for it, and to the client, which shows it while it is written.
import * as t from 'io-ts';

export const UserInfo = t.type({ name: t.string, age: t.number });
