// The vendor's Kusto parser. Reads {"tables":{"Name":"(Column:type, ...)"},"views":{"Name":"query"},"texts":{"name":"query or command"}} on standard
// input and prints, as JSON, for each text what is wrong with it, the columns of its last result and those of each of its results. A view has its
// query's columns. What the parser lets pass is wrong here too: a union of parts with other columns, which fills up with nulls that no sum counts.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { Kusto } = globalThis;
const { Symbols } = Kusto.Language;
const list = values => Array.from({ length: values.Count }, (_, i) => values.getItem(i));

const globalsWith = (tables, views) => Kusto.Language.GlobalState.Default.WithDatabase(
    new Symbols.DatabaseSymbol.ctor('clickfuncs', [
        ...Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(columns).WithName(name)),
        ...Object.entries(views).map(([name, query]) =>
            new Symbols.MaterializedViewSymbol.$ctor2(name, Kusto.Language.KustoCode.ParseAndAnalyze(query, globalsWith(tables, {})).ResultType.Columns, query)),
    ]));
const columnsOf = result => (result?.Columns ? list(result.Columns).map(column => `${column.Name}:${column.Type.Name}`) : []);

const kindOf = node => globalThis.Bridge.getTypeName(node).split('.').at(-1);
const childrenOf = node => Array.from({ length: node.ChildCount }, (_, i) => node.GetChild(i)).filter(child => child);

function* nodesOf(node) {
    yield node;
    for (const child of childrenOf(node))
        yield* nodesOf(child);
}

const partsOf = union => {
    const before = kindOf(union.Parent) === 'PipeExpression' && union.Parent.Expression !== union ? [union.Parent.Expression] : [];
    return [...before, ...childrenOf(union.GetChild(2)).map(element => element.GetChild(0))].map(part => columnsOf(part.ResultType).sort().join(', '));
};
const unequalUnions = code => [...nodesOf(code.Syntax)].filter(node => kindOf(node) === 'UnionOperator' && new Set(partsOf(node)).size > 1)
    .map(node => `union at ${node.TextStart}: its parts have not the same columns: ${partsOf(node).join(' / ')}`);
const resultsOf = code => [...nodesOf(code.Syntax)].filter(node => kindOf(node) === 'ExpressionStatement').map(node => columnsOf(node.Expression.ResultType));

const { tables, views, texts } = JSON.parse(await text(process.stdin));
const globals = globalsWith(tables, views);

const answers = {};
for (const [name, text] of Object.entries(texts)) {
    const code = Kusto.Language.KustoCode.ParseAndAnalyze(text, globals);
    answers[name] = {
        problems: [
            ...list(code.GetDiagnostics()).filter(found => found.Severity !== 'Suggestion').map(found => `${found.Code} at ${found.Start}: ${found.Message}`),
            ...unequalUnions(code),
        ],
        columns: columnsOf(code.ResultType),
        results: resultsOf(code),
    };
}

console.log(JSON.stringify(answers));
