/// A photo as a phone writes it: a JPEG that decodes, with EXIF that tells device, owner, moment and place.
#pragma once

#include <string>

namespace vereda::tests {

struct PhoneMarks {
    std::string make;    ///< of the phone
    std::string artist;  ///< its owner
    std::string moment;  ///< "2007:11:09 08:15:00"
    double latitude = 0;
    double longitude = 0;
};

[[nodiscard]] std::string phone_photo(const PhoneMarks& marks);

}  // namespace vereda::tests
