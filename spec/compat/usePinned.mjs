// Puts the SDKs that are pinned here in the place of the project's own: `PINNED='{"openai":"openai-4"}' node --import …`.
import { register } from 'node:module';

register('./pinnedHooks.mjs', import.meta.url);
