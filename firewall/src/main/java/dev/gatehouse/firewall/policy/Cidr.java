package dev.gatehouse.firewall.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of network addresses, such as {@code 10.20.0.0/16}.
 *
 * @param network the address before the slash
 * @param prefix how many leading bits count
 */
public record Cidr(InetAddress network, int prefix) {

    /**
     * Reads a range; an address alone is the range of that one address.
     *
     * @throws IllegalArgumentException if it is not one; the message says why
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("an address is written in digits, such as 10.20.0.0/16");
        }
        InetAddress network = literal(address);
        int bits = network.getAddress().length * 8;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
        Cidr range = new Cidr(network, prefix);
        if (!Arrays.equals(range.masked(network.getAddress()), network.getAddress())) {
            throw new IllegalArgumentException("the address has bits beyond the first " + prefix);
        }
        return range;
    }

    private static InetAddress literal(String address) {
        if (address.indexOf(':') < 0 && address.split("\\.", -1).length != 4) {
            throw new IllegalArgumentException("an IPv4 address has four parts");
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("it is not an address", e);
        }
    }

    private static int prefix(String text, int bits) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > bits) {
            throw new IllegalArgumentException("the part after the slash is a number from 0 to " + bits);
        }
        return Integer.parseInt(text);
    }

    /** Whether an address is in the range. */
    public boolean contains(InetAddress address) {
        byte[] candidate = address.getAddress();
        byte[] bytes = network.getAddress();
        return candidate.length == bytes.length && Arrays.equals(masked(candidate), bytes);
    }

    private byte[] masked(byte[] address) {
        byte[] result = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int bits = Math.max(0, Math.min(8, prefix - i * 8));
            result[i] = (byte) (address[i] & (0xff00 >> bits));
        }
        return result;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
