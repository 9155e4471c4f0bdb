import { Playground } from './Playground.js';

/** The page, as the browser runs it. */
export const playground = new Playground();
