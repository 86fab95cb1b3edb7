using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

// In this process: a project generated beside ours would inherit its settings. `--job dry` and all other options work, but no other runtimes.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
    .Run([.. args, "--inProcess"], DefaultConfig.Instance
        .WithArtifactsPath(Path.Combine("runs", "benchmarks"))
        .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40)));
