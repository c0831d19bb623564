import { answer } from '../deal.ts';
import { checkTask } from './case-tally.ts';

await answer(checkTask);
