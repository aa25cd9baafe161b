import { useState } from 'preact/hooks';
import type { Description, Schema } from '../api/description';
import { type Field, fieldsOf } from './schemas';

/** The fields of an object. What a field holds is shown when it is opened: objects may hold themselves. */
export const SchemaTable = ({ schema, description, label }: { schema: Schema; description: Description; label: string }) => (
  <ul class="fields" aria-label={label}>
    {fieldsOf(schema, description).map(field => <Line key={field.name} field={field} description={description} />)}
  </ul>
);

function Line({ field, description }: { field: Field; description: Description }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li>
      <code>{field.name}</code> <span class="muted">{field.type}{!field.isRequired && ', may be absent'}</span>
      {field.meaning !== '' && <span class="meaning"> {field.meaning}</span>}
      {field.held !== null && (
        <details onToggle={event => setIsOpen(event.currentTarget.open)}>
          <summary>Fields<span class="unseen"> of {field.name}</span></summary>
          {isOpen && <SchemaTable schema={field.held} description={description} label={`Fields of ${field.name}`} />}
        </details>
      )}
    </li>
  );
}
