package io.penstock.bench.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.CompatibleFieldSerializer;
import io.penstock.grid.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.fory.Fory;

/** Something that makes bytes of an order, and an order of bytes. Used by one thread. */
interface Candidate {

    /** All of them, in a stable order. */
    List<String> NAMES = List.of("penstock", "fory", "kryo");

    byte[] encode(Order order);

    Object decode(byte[] bytes);

    static Candidate of(String name) {
        return switch (name) {
            case "penstock" -> penstock();
            case "fory" -> fory();
            case "kryo" -> kryo();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Candidate penstock() {
        Codec<Order> codec = Codec.of(Order.class);
        return new Candidate() {
            @Override
            public byte[] encode(Order order) {
                return codec.encode(order);
            }

            @Override
            public Object decode(byte[] bytes) {
                return codec.decode(bytes);
            }
        };
    }

    /** With what comes nearest to the contracts: records may change, classes must be registered, enums by name. */
    private static Candidate fory() {
        Fory fory = Fory.builder()
                .withXlang(false)
                .withCompatible(true)
                .requireClassRegistration(true)
                .serializeEnumByName(true)
                .withMaxDepth(64)
                .withAsyncCompilation(false)
                .build();
        for (Class<?> type : List.of(Order.class, Order.Card.class, Order.Side.class)) {
            fory.register(type, type.getPackageName(), type.getSimpleName());
        }
        return new Candidate() {
            @Override
            public byte[] encode(Order order) {
                return fory.serialize(order);
            }

            @Override
            public Object decode(byte[] bytes) {
                return fory.deserialize(bytes);
            }
        };
    }

    private static Candidate kryo() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(true);
        kryo.setMaxDepth(64);
        kryo.setDefaultSerializer(CompatibleFieldSerializer.class);
        for (Class<?> type : List.of(
                Order.class, Order.Card.class, Order.Side.class, Instant.class, ArrayList.class)) {
            kryo.register(type);
        }
        Output output = new Output(256, 1 << 24);
        Input input = new Input();
        return new Candidate() {
            @Override
            public byte[] encode(Order order) {
                output.reset();
                kryo.writeClassAndObject(output, order);
                return output.toBytes();
            }

            @Override
            public Object decode(byte[] bytes) {
                input.setBuffer(bytes);
                return kryo.readClassAndObject(input);
            }
        };
    }
}
