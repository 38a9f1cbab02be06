import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

let crm: TestCrm;

beforeAll(async () => {
  crm = await openCrm('server');
});
afterAll(async () => {
  await crm.close();
});

it('applies a stored plan that has placeholders for unknown agents, which no record gave', async () => {
  const useCases = crm.as('placeholders');
  const planned = await useCases.preview({ inputs: ['samples/sooprema/oddities.json'] });
  expect(planned.issues.byCode['USER_PLACEHOLDER']).toBeGreaterThan(0);
  const applied = await useCases.import({ run: planned.run });
  expect(applied).toMatchObject({
    status: 'complete',
    balanced: true,
    entities: planned.entities,
  });
});
