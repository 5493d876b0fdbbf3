using Microsoft.AspNetCore.Http.Features;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Puts a <see cref="FrameLengthGuard"/> under the WebSocket of a charger. It replaces the upgrade feature, so it must
/// stand before the WebSocket middleware.
/// </summary>
internal sealed class GuardedUpgrade(IHttpUpgradeFeature inner, FrameLengthGuard guard) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public static void Install(HttpContext context, long limit)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            var guard = new FrameLengthGuard(limit);
            context.Features.Set<IHttpUpgradeFeature>(new GuardedUpgrade(upgrade, guard));
            context.Features.Set(guard);
        }
    }

    public async Task<Stream> UpgradeAsync() => new GuardedStream(await inner.UpgradeAsync(), guard);

    private sealed class GuardedStream(Stream inner, FrameLengthGuard guard) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            guard.Follow(buffer.Span[..read]);
            return guard.Exceeded
                ? throw new MessageTooBigException()
                : read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>A charger declared or sent more than a message may have.</summary>
internal sealed class MessageTooBigException() : IOException("The message is over the limit.");
