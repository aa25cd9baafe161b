using ClickFuncs.Local.Commands;

return await LocalCommands.InvokeAsync(args);
