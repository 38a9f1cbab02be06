import type { ComponentChildren } from 'preact';

/** The bar at the foot of a step: what is certain on the left, the way on to the right. */
export function Foot({
  children,
  said,
}: {
  readonly children: ComponentChildren;
  readonly said?: ComponentChildren;
}) {
  return (
    <div class="foot">
      <div class="foot-inner">
        <p class="foot-said">{said}</p>
        <div class="row">{children}</div>
      </div>
    </div>
  );
}
