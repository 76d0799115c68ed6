package dev.workerpool.broker.redis;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;

/**
 * Keeps enormous values out of memory: Redis can return no part of a list's element or a hash's value, and Lettuce
 * keeps a value until it is whole. So this handler stands before Lettuce and puts a short mark in the place of every
 * bulk string that is too long, or too much together with the others of its batch. The bytes still cross the wire.
 * Follows the framing of RESP2 and RESP3: types {@code $ = !} announce their length, all others are lines.
 */
final class ReplyLimit extends ChannelDuplexHandler {
    /** Messages of job frameworks are a few kilobytes; Sidekiq's documentation wants them small. */
    static final int LARGEST = 256 * 1024;

    /** Of everything that is longer than a name or a number in one batch. */
    static final int LARGEST_BATCH = 16 * 1024 * 1024;

    static final String LEFT_OUT = "\u0000workerpool left this out\u0000";

    private static final int SMALL = 256;
    private static final String MARK = "$%d\r\n%s\r\n".formatted(LEFT_OUT.length(), LEFT_OUT);

    private enum State {
        TYPE,
        LINE,
        LENGTH,
        KEEP,
        DROP
    }

    private State state = State.TYPE;
    private byte type;
    private long length;
    private boolean negative;
    private long remaining;
    private long budget = LARGEST_BATCH;

    @Override
    public void flush(ChannelHandlerContext context) {
        budget = LARGEST_BATCH;
        context.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf in)) {
            context.fireChannelRead(message);
            return;
        }
        ByteBuf out = context.alloc().buffer(in.readableBytes() + MARK.length());
        try {
            while (in.isReadable()) {
                step(in, out);
            }
        } finally {
            in.release();
        }
        if (out.isReadable()) {
            context.fireChannelRead(out);
        } else {
            out.release();
        }
    }

    private void step(ByteBuf in, ByteBuf out) {
        switch (state) {
            case TYPE -> {
                type = in.readByte();
                boolean bulk = type == '$' || type == '=' || type == '!';
                length = 0;
                negative = false;
                state = bulk ? State.LENGTH : State.LINE;
                if (!bulk) {
                    out.writeByte(type);
                }
            }
            case LINE -> {
                int end = in.bytesBefore((byte) '\n');
                out.writeBytes(in, end < 0 ? in.readableBytes() : end + 1);
                state = end < 0 ? State.LINE : State.TYPE;
            }
            case LENGTH -> length(in.readByte(), out);
            case KEEP, DROP -> {
                int part = (int) Math.min(remaining, in.readableBytes());
                if (state == State.KEEP) {
                    out.writeBytes(in, part);
                } else {
                    in.skipBytes(part);
                }
                remaining -= part;
                state = remaining == 0 ? State.TYPE : state;
            }
        }
    }

    private void length(byte digit, ByteBuf out) {
        if (digit >= '0' && digit <= '9') {
            length = length * 10 + (digit - '0');
        } else if (digit == '-') {
            negative = true;
        } else if (digit == '\n') {
            announced(out);
        }
    }

    private void announced(ByteBuf out) {
        String header = "%c%s%d\r\n".formatted(type, negative ? "-" : "", length);
        if (negative) {
            out.writeCharSequence(header, StandardCharsets.US_ASCII);
            state = State.TYPE;
            return;
        }
        remaining = length + 2;
        if (length <= SMALL || length <= Math.min(LARGEST, budget)) {
            budget -= length <= SMALL ? 0 : length;
            out.writeCharSequence(header, StandardCharsets.US_ASCII);
            state = State.KEEP;
        } else {
            out.writeCharSequence(MARK, StandardCharsets.US_ASCII);
            state = State.DROP;
        }
    }
}
