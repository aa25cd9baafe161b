using System.CommandLine;

var root = new RootCommand("ClickFuncs counts ad clicks that people are billed for: a stream for decisions, a nightly recount for money.");
return await root.Parse(args).InvokeAsync();
