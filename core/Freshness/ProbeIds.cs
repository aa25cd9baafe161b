using System.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Freshness;

/// <summary>Ids of probes. An id decides the partition, so ids are drawn until one belongs where it shall go.</summary>
internal static class ProbeIds
{
    /// <summary>A fresh id whose click goes to a partition.</summary>
    public static byte[] Make(int partition, int partitions, out Fingerprint fingerprint)
    {
        while (true)
        {
            var id = Encoding.UTF8.GetBytes($"probe_{Guid.NewGuid():N}");
            fingerprint = Fingerprint.Of(EventType.Click, id);
            if (fingerprint.Partition(partitions) == partition)
                return id;
        }
    }
}
