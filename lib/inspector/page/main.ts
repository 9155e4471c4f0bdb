import { InspectorPage } from './InspectorPage.js';

/** The page, as the browser runs it. */
export const main = new InspectorPage();
