export { cached, type CachedConfig, type EventStore } from './cached.js';
export { limited, type LimitedConfig } from './limited.js';
