package dev.gatehouse.gateway.export;

import io.netty.util.NetUtil;
import java.nio.ByteBuffer;

/**
 * One session as the packets of a TCP connection that might have carried it: what the journal keeps are the bytes of both
 * directions, and not the packets they came in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9293">RFC 9293: Transmission Control Protocol</a>
 */
final class TcpStream {

    static final int SYN = 2;
    static final int FIN = 1;
    private static final int PUSH = 8;
    private static final int ACK = 16;

    private static final int PROTOCOL_TCP = 6;
    private static final int TCP_HEAD_BYTES = 20;
    private static final int IP4_HEAD_BYTES = 20;
    private static final int IP6_HEAD_BYTES = 40;
    private static final int IP4_BYTES = 4;
    private static final byte HOPS = 64;
    private static final short WINDOW = -1;
    /** Where the gateway listens is not in the journal: addresses that are kept for examples stand for it. */
    private static final byte[] GATEWAY_4 = {(byte) 192, 0, 2, 1};

    private static final byte[] GATEWAY_6 = {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final byte[] client;
    private final byte[] gateway;
    private final int clientPort;
    private final int gatewayPort;
    private int fromClient;
    private int toClient;

    /**
     * @param source the client's address in digits; anything else stands for one that is not known
     * @param clientPort any, by which its connection is told from others
     * @param gatewayPort the one that a dissector knows the protocol by
     */
    TcpStream(String source, int clientPort, int gatewayPort) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(source);
        this.client = address == null ? new byte[] {(byte) 192, 0, 2, 2} : address;
        this.gateway = client.length == IP4_BYTES ? GATEWAY_4 : GATEWAY_6;
        this.clientPort = clientPort;
        this.gatewayPort = gatewayPort;
    }

    /** A packet that opens or closes one direction. */
    byte[] sign(boolean isFromClient, int flag) {
        boolean isFirst = flag == SYN && isFromClient;
        return packet(isFromClient, isFirst ? flag : flag | ACK, new byte[0], 0, 0, 1);
    }

    /** A packet with bytes of a session. */
    byte[] data(boolean isFromClient, byte[] bytes, int from, int length) {
        return packet(isFromClient, PUSH | ACK, bytes, from, length, length);
    }

    private byte[] packet(boolean isFromClient, int flags, byte[] bytes, int from, int length, int advance) {
        boolean isOld = client.length == IP4_BYTES;
        int head = isOld ? IP4_HEAD_BYTES : IP6_HEAD_BYTES;
        byte[] source = isFromClient ? client : gateway;
        byte[] destination = isFromClient ? gateway : client;
        ByteBuffer packet = ByteBuffer.allocate(head + TCP_HEAD_BYTES + length);
        if (isOld) {
            packet.putShort((short) 0x4500).putShort((short) packet.capacity()).putInt(0);
            packet.put(HOPS).put((byte) PROTOCOL_TCP).putShort((short) 0);
        } else {
            packet.putInt(0x60000000).putShort((short) (TCP_HEAD_BYTES + length));
            packet.put((byte) PROTOCOL_TCP).put(HOPS);
        }
        packet.put(source).put(destination);
        packet.putShort((short) (isFromClient ? clientPort : gatewayPort));
        packet.putShort((short) (isFromClient ? gatewayPort : clientPort));
        packet.putInt(isFromClient ? fromClient : toClient);
        packet.putInt((flags & ACK) == 0 ? 0 : isFromClient ? toClient : fromClient);
        packet.put((byte) ((TCP_HEAD_BYTES / Integer.BYTES) << 4)).put((byte) flags);
        packet.putShort(WINDOW).putInt(0).put(bytes, from, length);
        if (isOld) {
            packet.putShort(10, sum(packet, 0, head, 0));
        }
        long pseudo = TCP_HEAD_BYTES + length + PROTOCOL_TCP + words(source) + words(destination);
        packet.putShort(head + 16, sum(packet, head, packet.capacity(), pseudo));
        if (isFromClient) {
            fromClient += advance;
        } else {
            toClient += advance;
        }
        return packet.array();
    }

    private static long words(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += ByteBuffer.wrap(bytes).getShort(i) & 0xffff;
        }
        return sum;
    }

    /** The Internet checksum, RFC 1071. */
    private static short sum(ByteBuffer bytes, int from, int to, long begin) {
        long sum = begin;
        int at = from;
        for (; at + 1 < to; at += 2) {
            sum += bytes.getShort(at) & 0xffff;
        }
        if (at < to) {
            sum += (bytes.get(at) & 0xff) << Byte.SIZE;
        }
        while (sum >>> Short.SIZE != 0) {
            sum = (sum & 0xffff) + (sum >>> Short.SIZE);
        }
        return (short) ~sum;
    }
}
