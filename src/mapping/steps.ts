import type { Value } from '../model/record.ts';
import { didYouMean } from './closest.ts';
import { type Place, checkShape } from './document.ts';
import type { WantedForm } from './forms/contract.ts';
import type { StepText } from './schema.ts';
import { type MappingScope, pathIn } from './scope.ts';
import type { Transform, TransformContext } from './transform.ts';
import { transforms } from './transforms/index.ts';

const transformsByName: ReadonlyMap<string, Transform> = new Map(
  transforms.map((transform) => [transform.name, transform]),
);

/** A transform with its options. */
interface Step {
  readonly readsNothing: boolean;
  readonly leavesForm: WantedForm['kind'] | undefined;
  readonly apply: (value: Value, context: TransformContext) => Value;
}

/** Transforms one after the other. */
export type Steps = readonly Step[];

/** Compiles what stands under `do`. */
export function compileSteps(
  written: readonly StepText[] | undefined,
  place: Place,
  scope: MappingScope,
): Steps {
  return (written ?? []).flatMap((step, index) => {
    const compiled = compileStep(step, place.at('do', index), scope);
    return compiled === undefined ? [] : [compiled];
  });
}

function compileStep(written: StepText, place: Place, scope: MappingScope): Step | undefined {
  const [[name, value] = ['', undefined], ...others] =
    typeof written === 'string' ? [[written, undefined] as const] : Object.entries(written);
  const here = typeof written === 'string' ? place : place.at(name);
  if (others.length > 0) here.report('a transform stands alone in its item of the list');
  const transform = transformsByName.get(name);
  if (transform === undefined) {
    here.report(`there is no transform "${name}".${didYouMean(name, transformsByName.keys())}`);
    return undefined;
  }
  const parsed = transform.options.safeParse(value);
  if (!parsed.success) {
    checkShape(transform.options, { value, place: here });
    return undefined;
  }
  const options = parsed.data;
  for (const table of transform.tables?.(options) ?? [])
    if (!scope.tables.has(table))
      here.report(`there is no table "${table}".${didYouMean(table, scope.tables.keys())}`);
  for (const path of transform.paths?.(options) ?? []) pathIn(scope.record, path.text, here);
  return {
    readsNothing: transform.readsNothing === true,
    leavesForm: transform.leavesForm?.(options),
    apply: (input, context) => transform.apply(input, options, context),
  };
}

/** Runs a value through its transforms. */
export function runSteps(steps: Steps, value: Value, context: TransformContext): Value {
  let current = value;
  for (const { readsNothing, apply } of steps)
    if (current !== null || readsNothing) current = apply(current, context);
  return current;
}
