// The members of Azure.Messaging.EventHubs that functions/ uses, with their public signatures, from the vendor's API listing:
// github.com/Azure/azure-sdk-for-net, sdk/eventhub/Azure.Messaging.EventHubs/api/Azure.Messaging.EventHubs.net10.0.cs at commit
// aac75ea20c8e. The listing is oblivious of null, and so is this. Behaviour only where the vendor's model factory lets tests make values.
#nullable disable
using Azure.Messaging.EventHubs.Producer;

namespace Azure.Messaging.EventHubs
{
    public partial class EventData
    {
        public EventData(ReadOnlyMemory<byte> eventBody) => EventBody = new BinaryData(eventBody);

        public DateTimeOffset EnqueuedTime { get; internal set; }

        public BinaryData EventBody { get; set; }

        public long SequenceNumber { get; internal set; } = long.MinValue;
    }

    public partial class PartitionProperties
    {
        internal PartitionProperties(bool isEmpty, long first, long last) =>
            (IsEmpty, BeginningSequenceNumber, LastEnqueuedSequenceNumber) = (isEmpty, first, last);

        public long BeginningSequenceNumber { get; }

        public bool IsEmpty { get; }

        public long LastEnqueuedSequenceNumber { get; }
    }

    public static partial class EventHubsModelFactory
    {
        public static EventData EventData(
            BinaryData eventBody, IDictionary<string, object> properties = null, IReadOnlyDictionary<string, object> systemProperties = null,
            string partitionKey = null, long sequenceNumber = long.MinValue, string offsetString = null, DateTimeOffset enqueuedTime = default) =>
            new(eventBody.ToMemory()) { SequenceNumber = sequenceNumber, EnqueuedTime = enqueuedTime };

        public static EventDataBatch EventDataBatch(
            long batchSizeBytes, IList<EventData> batchEventStore, CreateBatchOptions batchOptions = null, Func<EventData, bool> tryAddCallback = null) =>
            new(batchEventStore, tryAddCallback);

        public static PartitionProperties PartitionProperties(
            string eventHubName, string partitionId, bool isEmpty, long beginningSequenceNumber, long lastSequenceNumber,
            string lastOffsetString, DateTimeOffset lastEnqueuedTime) => new(isEmpty, beginningSequenceNumber, lastSequenceNumber);
    }
}

namespace Azure.Messaging.EventHubs.Consumer
{
    public partial class EventHubConsumerClient : IAsyncDisposable
    {
        protected EventHubConsumerClient() { }

        public virtual ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            return ValueTask.CompletedTask;
        }

        public virtual Task<PartitionProperties> GetPartitionPropertiesAsync(string partitionId, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public virtual IAsyncEnumerable<PartitionEvent> ReadEventsFromPartitionAsync(
            string partitionId, EventPosition startingPosition, ReadEventOptions readOptions, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }

    public partial struct EventPosition
    {
        internal long SequenceNumber { get; private set; }

        internal bool IsInclusive { get; private set; }

        public static EventPosition FromSequenceNumber(long sequenceNumber, bool isInclusive = true) =>
            new() { SequenceNumber = sequenceNumber, IsInclusive = isInclusive };
    }

    public partial class PartitionContext
    {
        protected PartitionContext(string partitionId) { }
    }

    public partial struct PartitionEvent(PartitionContext partition, EventData data)
    {
        public EventData Data { get; } = data;

        public PartitionContext Partition { get; } = partition;
    }

    public partial class ReadEventOptions
    {
        public TimeSpan? MaximumWaitTime { get; set; }
    }
}

namespace Azure.Messaging.EventHubs.Producer
{
    public partial class SendEventOptions
    {
        public string PartitionId { get; set; }
    }

    public partial class CreateBatchOptions : SendEventOptions;

    public sealed partial class EventDataBatch : IDisposable
    {
        private readonly IList<EventData> _store;
        private readonly Func<EventData, bool> _tryAdd;

        internal EventDataBatch(IList<EventData> store, Func<EventData, bool> tryAdd) => (_store, _tryAdd) = (store, tryAdd);

        public int Count => _store.Count;

        public void Dispose() { }

        public bool TryAdd(EventData eventData)
        {
            if (_tryAdd != null && !_tryAdd(eventData))
                return false;
            _store.Add(eventData);
            return true;
        }
    }

    public partial class EventHubProducerClient : IAsyncDisposable
    {
        protected EventHubProducerClient() { }

        public virtual ValueTask<EventDataBatch> CreateBatchAsync(CreateBatchOptions options, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public virtual ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            return ValueTask.CompletedTask;
        }

        public virtual Task SendAsync(EventDataBatch eventBatch, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
