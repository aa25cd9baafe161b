namespace ClickFuncs.Api.Telemetry;

/// <summary>How an OTLP collector is spoken to.</summary>
public enum OtlpTransport
{
    /// <summary>Protobuf over HTTP, usually port 4318.</summary>
    HttpProtobuf,

    /// <summary>gRPC, usually port 4317.</summary>
    Grpc,
}
