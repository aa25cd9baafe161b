// The vendor's Kusto parser. Reads {"tables":{"Name":"(Column:type, ...)"},"texts":{"name":"query or command"}} on standard input and prints, as JSON,
// for each text what is wrong with it, the columns of its result, and the parameters that it declares.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { Kusto } = globalThis;
const { Symbols } = Kusto.Language;
const list = values => Array.from({ length: values.Count }, (_, i) => values.getItem(i));

const { tables, texts } = JSON.parse(await text(process.stdin));
const database = new Symbols.DatabaseSymbol.ctor('clickfuncs', Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(columns).WithName(name)));
const globals = Kusto.Language.GlobalState.Default.WithDatabase(database);

const answers = {};
for (const [name, text] of Object.entries(texts)) {
    const code = Kusto.Language.KustoCode.ParseAndAnalyze(text, globals);
    const result = code.ResultType;
    answers[name] = {
        problems: list(code.GetDiagnostics()).filter(found => found.Severity !== 'Suggestion').map(found => `${found.Code} at ${found.Start}: ${found.Message}`),
        columns: result?.Columns ? list(result.Columns).map(column => `${column.Name}:${column.Type.Name}`) : [],
    };
}

console.log(JSON.stringify(answers));
