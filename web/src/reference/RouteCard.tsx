import { useState } from 'preact/hooks';
import type { Description, Schema } from '../api/description';
import { SchemaTable } from './SchemaTable';
import type { Route } from './routes';
import { heldObject, typeText } from './schemas';

/** A route: what it does, and, opened, what it is asked with and what it answers. */
export function RouteCard({ route, description, isOpenAtFirst }: { route: Route; description: Description; isOpenAtFirst: boolean }) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const { method, path, operation } = route;
  return (
    <details class="route" id={route.anchor} open={isOpenAtFirst} onToggle={event => setIsOpen(event.currentTarget.open)}>
      <summary><b class="method">{method}</b> <code>{path}</code> <span class="muted">{operation.summary}</span></summary>
      {isOpen && <Details route={route} description={description} />}
    </details>
  );
}

function Details({ route: { path, method, operation }, description }: { route: Route; description: Description }) {
  const parameters = operation.parameters ?? [];
  return (
    <div class="details">
      <p>{operation.description ?? 'Open to everybody.'}</p>
      {parameters.length > 0 && (
        <>
          <h4>Parameters</h4>
          <ul class="fields" aria-label={`Parameters of ${method} ${path}`}>
            {parameters.map(parameter => (
              <li key={parameter.name}>
                <code>{parameter.name}</code> <span class="muted">{parameter.in === 'path' ? 'in the path' : parameter.required ? 'required' : 'optional'}</span>
                {parameter.description && <span class="meaning"> {parameter.description}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => <Body key={type} title="Body" type={type} schema={schema} description={description} />)}
      {Object.entries(operation.responses).map(([status, response]) => (
        <section key={status} aria-label={`Answer ${status}`}>
          <h4>{status} <span class="muted">{response.description}</span></h4>
          {Object.entries(response.content ?? {}).map(([type, { schema }]) => <Body key={type} title="" type={type} schema={schema} description={description} />)}
        </section>
      ))}
    </div>
  );
}

function Body({ title, type, schema, description }: { title: string; type: string; schema: Schema | undefined; description: Description }) {
  const held = schema === undefined ? null : heldObject(schema, description);
  return (
    <>
      {title !== '' && <h4>{title}</h4>}
      <p class="muted"><code>{type}</code>{schema !== undefined && held === null && `, ${typeText(schema, description)}`}</p>
      {held !== null && <SchemaTable schema={held} description={description} label={`Fields of ${type}`} />}
    </>
  );
}
