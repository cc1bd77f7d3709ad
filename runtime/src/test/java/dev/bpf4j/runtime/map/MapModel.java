// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a map should do, written with {@code java.util} collections and Linux's documents; slow and plain. */
abstract class MapModel implements MapSubject {
    private static final HexFormat HEX = HexFormat.of();

    static MapModel of(MapType type, int keySize, int valueSize, int maxEntries) {
        return switch (type) {
            case ARRAY -> new ArrayModel(valueSize, maxEntries);
            case HASH, LRU_HASH -> new HashModel(maxEntries);
            case LPM_TRIE -> new TrieModel(keySize, maxEntries);
            case QUEUE -> new QueueModel(maxEntries, false);
            case STACK -> new QueueModel(maxEntries, true);
            default -> throw new IllegalArgumentException(type + " has no model");
        };
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffff_ffffL;
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
    }

    private static final class ArrayModel extends MapModel {
        private final byte[][] values;

        ArrayModel(int valueSize, int maxEntries) {
            values = new byte[maxEntries][valueSize];
        }

        @Override
        public byte @Nullable [] lookup(byte[] key) {
            return number(key) < values.length ? values[(int) number(key)].clone() : null;
        }

        @Override
        public long update(byte[] key, byte[] value, long flags) {
            if (flags < 0 || flags > 2) {
                return -Errno.EINVAL;
            }
            if (number(key) >= values.length) {
                return -Errno.E2BIG;
            }
            if (flags == 1) {
                return -Errno.EEXIST;
            }
            values[(int) number(key)] = value.clone();
            return 0;
        }

        @Override
        public long delete(byte[] key) {
            return -Errno.EINVAL;
        }

        @Override
        public byte @Nullable [] nextKey(byte @Nullable [] key) {
            if (key == null || number(key) >= values.length) {
                return key(0);
            }
            return number(key) == values.length - 1 ? null : key((int) number(key) + 1);
        }
    }

    private static final class HashModel extends MapModel {
        private final Map<String, byte[]> values = new LinkedHashMap<>();
        private final int maxEntries;

        HashModel(int maxEntries) {
            this.maxEntries = maxEntries;
        }

        @Override
        public byte @Nullable [] lookup(byte[] key) {
            byte[] value = values.get(HEX.formatHex(key));
            return value == null ? null : value.clone();
        }

        @Override
        public long update(byte[] key, byte[] value, long flags) {
            boolean exists = values.containsKey(HEX.formatHex(key));
            if (flags < 0 || flags > 2) {
                return -Errno.EINVAL;
            }
            if (exists && flags == 1) {
                return -Errno.EEXIST;
            }
            if (!exists && flags == 2) {
                return -Errno.ENOENT;
            }
            if (!exists && values.size() == maxEntries) {
                return -Errno.E2BIG;
            }
            values.put(HEX.formatHex(key), value.clone());
            return 0;
        }

        @Override
        public long delete(byte[] key) {
            return values.remove(HEX.formatHex(key)) == null ? -Errno.ENOENT : 0;
        }

        @Override
        public byte @Nullable [] nextKey(byte @Nullable [] key) {
            throw new UnsupportedOperationException("a hash table has no order");
        }
    }

    /** A list of prefixes, sorted as a walk through a binary tree would meet them after its children. */
    private static final class TrieModel extends MapModel {
        private final List<byte[]> keys = new ArrayList<>();
        private final Map<String, byte[]> values = new LinkedHashMap<>();
        private final int maxPrefix;
        private final int maxEntries;

        TrieModel(int keySize, int maxEntries) {
            this.maxPrefix = 8 * (keySize - 4);
            this.maxEntries = maxEntries;
        }

        private static String bits(byte[] key) {
            StringBuilder bits = new StringBuilder();
            for (int i = 0; i < number(key); i++) {
                bits.append(key[4 + i / 8] >> (7 - i % 8) & 1);
            }
            return bits.toString();
        }

        @Override
        public byte @Nullable [] lookup(byte[] key) {
            if (number(key) > maxPrefix) {
                return null;
            }
            String wanted = bits(key);
            String best = null;
            for (String prefix : values.keySet()) {
                if (wanted.startsWith(prefix) && (best == null || prefix.length() > best.length())) {
                    best = prefix;
                }
            }
            return best == null ? null : values.get(best);
        }

        @Override
        public long update(byte[] key, byte[] value, long flags) {
            if (flags < 0 || flags > 2 || number(key) > maxPrefix) {
                return -Errno.EINVAL;
            }
            boolean exists = values.containsKey(bits(key));
            if (exists && flags == 1) {
                return -Errno.EEXIST;
            }
            if (!exists && flags == 2) {
                return -Errno.ENOENT;
            }
            if (!exists && values.size() == maxEntries) {
                return -Errno.ENOSPC;
            }
            keys.removeIf(known -> bits(known).equals(bits(key)));
            keys.add(key.clone());
            keys.sort((a, b) -> order(bits(a), bits(b)));
            values.put(bits(key), value.clone());
            return 0;
        }

        private static int order(String a, String b) {
            if (a.equals(b)) {
                return 0;
            }
            return a.startsWith(b) ? -1 : b.startsWith(a) ? 1 : a.compareTo(b);
        }

        @Override
        public long delete(byte[] key) {
            if (number(key) > maxPrefix) {
                return -Errno.EINVAL;
            }
            keys.removeIf(known -> bits(known).equals(bits(key)));
            return values.remove(bits(key)) == null ? -Errno.ENOENT : 0;
        }

        @Override
        public byte @Nullable [] nextKey(byte @Nullable [] key) {
            int at = -1;
            if (key != null && number(key) <= maxPrefix) {
                for (int i = 0; i < keys.size(); i++) {
                    if (bits(keys.get(i)).equals(bits(key))) {
                        at = i;
                    }
                }
            }
            return at + 1 < keys.size() ? keys.get(at + 1).clone() : null;
        }
    }

    private static final class QueueModel extends MapModel {
        private final ArrayDeque<byte[]> values = new ArrayDeque<>();
        private final int maxEntries;
        private final boolean stack;

        QueueModel(int maxEntries, boolean stack) {
            this.maxEntries = maxEntries;
            this.stack = stack;
        }

        @Override
        public byte @Nullable [] lookup(byte[] key) {
            byte[] value = stack ? values.peekLast() : values.peekFirst();
            return value == null ? null : value.clone();
        }

        @Override
        public long update(byte[] key, byte[] value, long flags) {
            if (flags != 0 && flags != 2) {
                return -Errno.EINVAL;
            }
            if (values.size() == maxEntries) {
                if (flags == 0) {
                    return -Errno.E2BIG;
                }
                values.removeFirst();
            }
            values.addLast(value.clone());
            return 0;
        }

        @Override
        public byte @Nullable [] take() {
            return stack ? values.pollLast() : values.pollFirst();
        }

        @Override
        public long delete(byte[] key) {
            return -Errno.EINVAL;
        }

        @Override
        public byte @Nullable [] nextKey(byte @Nullable [] key) {
            return null;
        }
    }

    static boolean same(byte @Nullable [] a, byte @Nullable [] b) {
        return Arrays.equals(a, b);
    }
}
