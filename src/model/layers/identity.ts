import { elementwise, type LayerDefinition } from '../layer.ts';

/** z. */
export const identity: LayerDefinition<'identity'> = elementwise({}, (_a, _spec, z) => z);
