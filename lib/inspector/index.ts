export { startInspector, type Inspector, type InspectorConfig } from './startInspector.js';
export type { InspectorWatcher } from './InspectorLogs.js';
