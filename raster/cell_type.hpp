/// Native data types of cells, and the way from a type known at run time to a template.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vereda::raster {

enum class CellType { uint8, int8, uint16, int16, uint32, int32, uint64, int64, float32, float64 };

template <class T>
struct CellTypeOf;
template <>
struct CellTypeOf<std::uint8_t> {
    static constexpr CellType value = CellType::uint8;
};
template <>
struct CellTypeOf<std::int8_t> {
    static constexpr CellType value = CellType::int8;
};
template <>
struct CellTypeOf<std::uint16_t> {
    static constexpr CellType value = CellType::uint16;
};
template <>
struct CellTypeOf<std::int16_t> {
    static constexpr CellType value = CellType::int16;
};
template <>
struct CellTypeOf<std::uint32_t> {
    static constexpr CellType value = CellType::uint32;
};
template <>
struct CellTypeOf<std::int32_t> {
    static constexpr CellType value = CellType::int32;
};
template <>
struct CellTypeOf<std::uint64_t> {
    static constexpr CellType value = CellType::uint64;
};
template <>
struct CellTypeOf<std::int64_t> {
    static constexpr CellType value = CellType::int64;
};
template <>
struct CellTypeOf<float> {
    static constexpr CellType value = CellType::float32;
};
template <>
struct CellTypeOf<double> {
    static constexpr CellType value = CellType::float64;
};

template <class T>
inline constexpr CellType cell_type_of = CellTypeOf<T>::value;

template <class T>
struct TypeTag {
    using type = T;
};

/// Calls visitor(TypeTag<T>{}) with the C++ type of `type`.
template <class Visitor>
constexpr decltype(auto) with_cell_type(CellType type, Visitor&& visitor) {
    switch (type) {
        case CellType::uint8:
            return visitor(TypeTag<std::uint8_t>{});
        case CellType::int8:
            return visitor(TypeTag<std::int8_t>{});
        case CellType::uint16:
            return visitor(TypeTag<std::uint16_t>{});
        case CellType::int16:
            return visitor(TypeTag<std::int16_t>{});
        case CellType::uint32:
            return visitor(TypeTag<std::uint32_t>{});
        case CellType::int32:
            return visitor(TypeTag<std::int32_t>{});
        case CellType::uint64:
            return visitor(TypeTag<std::uint64_t>{});
        case CellType::int64:
            return visitor(TypeTag<std::int64_t>{});
        case CellType::float32:
            return visitor(TypeTag<float>{});
        case CellType::float64:
            break;
    }
    return visitor(TypeTag<double>{});
}

[[nodiscard]] constexpr std::size_t cell_size(CellType type) {
    return with_cell_type(type, [](auto tag) { return sizeof(typename decltype(tag)::type); });
}

}  // namespace vereda::raster
