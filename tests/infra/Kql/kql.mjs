// The vendor's Kusto parser. Reads {"tables":{"Name":"(Column:type, ...)"},"views":{"Name":"query"},"texts":{"name":"query or command"}} on standard
// input and prints, as JSON, for each text what is wrong with it and the columns of its last result. A view is a table with its query's columns.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { Kusto } = globalThis;
const { Symbols } = Kusto.Language;
const list = values => Array.from({ length: values.Count }, (_, i) => values.getItem(i));

const globalsWith = tables => Kusto.Language.GlobalState.Default.WithDatabase(
    new Symbols.DatabaseSymbol.ctor('clickfuncs', Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(columns).WithName(name))));
const columnsOf = result => (result?.Columns ? list(result.Columns).map(column => `${column.Name}:${column.Type.Name}`) : []);

const { tables, views, texts } = JSON.parse(await text(process.stdin));
for (const [name, query] of Object.entries(views))
    tables[name] = `(${columnsOf(Kusto.Language.KustoCode.ParseAndAnalyze(query, globalsWith(tables)).ResultType).join(', ')})`;
const globals = globalsWith(tables);

const answers = {};
for (const [name, text] of Object.entries(texts)) {
    const code = Kusto.Language.KustoCode.ParseAndAnalyze(text, globals);
    answers[name] = {
        problems: list(code.GetDiagnostics()).filter(found => found.Severity !== 'Suggestion').map(found => `${found.Code} at ${found.Start}: ${found.Message}`),
        columns: columnsOf(code.ResultType),
    };
}

console.log(JSON.stringify(answers));
