/** A row of buttons of which one is chosen. */
export function Choice<T extends string>({ label, options, chosen, choose }: {
  label: string;
  options: readonly { readonly value: T; readonly name: string; readonly disabled?: boolean; readonly hint?: string }[];
  chosen: T | null;
  choose: (value: T) => void;
}) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map(({ value, name, disabled, hint }) => (
        <button type="button" key={value} aria-pressed={value === chosen} disabled={disabled} title={hint} onClick={() => choose(value)}>{name}</button>
      ))}
    </div>
  );
}
