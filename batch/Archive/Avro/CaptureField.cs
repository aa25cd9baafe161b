namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>The fields of an <c>EventData</c> record, named as there.</summary>
internal enum CaptureField
{
    SequenceNumber,
    Offset,
    EnqueuedTimeUtc,
    SystemProperties,
    Properties,
    Body,
}
