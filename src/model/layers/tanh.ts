import { elementwise, type LayerDefinition } from '../layer.ts';

/** tanh z. */
export const tanh: LayerDefinition<'tanh'> = elementwise({}, (a, _spec, z) => a.tanh(z));
