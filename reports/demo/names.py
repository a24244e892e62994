"""Names for people who do not exist, as the staff of a Swedish municipality are called."""

_GIVEN = """
Anna Maria Eva Karin Kristina Lena Sara Emma Ida Elin Johanna Malin Linda Hanna Ulrika Åsa
Ingrid Moa Frida Ebba Gunilla Susanne Helena Annika Camilla Josefin Therese Viktoria Julia
Lars Anders Johan Per Mikael Daniel Fredrik Andreas Stefan Magnus Mattias Oskar Emil Viktor
Simon Gustav Henrik Björn Ulf Rolf Göran Niklas Tobias Robin Axel Filip Martin Patrik Kent
Fatima Leila Samira Zahra Amal Hodan Nadia Mariam Rania Shirin Parisa Nasrin Jasmina Aida
Mohammed Ahmed Ali Hassan Yusuf Omar Reza Hamid Samir Abdi Mustafa Emir Dragan Goran Milan
Katarzyna Agnieszka Magdalena Piotr Marek Olena Natalia Andrii Svetlana Dmitri Irina
Päivi Tuula Jari Marja Mika Aino Ailo Sárá Rosa Carlos Camila Diego Thi Linh Somchai Nok Malee
Selam Daniela Abeba Yonas Tesfay Ruta Ibrahim Aylin Emre Zeynep Deniz
"""
_FAMILY = """
Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson
Pettersson Jonsson Lindberg Lindström Lindgren Bergström Berglund Forsberg Sandberg Nyström
Holmberg Engström Hedlund Sundqvist Strand Dahl Rosén Wallin Söderberg Norling Åkesson Öberg
Älverbrandt Sjögren Malmqvist Ekblad Kvist Granath Hjelm Fransson Roos Falk Lövgren Rydén Blom
Hosseini Rahimi Karimi Haddad Khalil Mansour Abdullahi Warsame Farah Hussein Osman Yılmaz
Demir Kaya Hadžić Begović Kovačević Petrović Nowak Kowalska Wiśniewska Kovalenko Shevchenko
Virtanen Korhonen Mäkinen Niemi Sarri Nutti García Rojas Fuentes Nguyen Tran Saetang
Tekle Haile Gebremedhin Mehari Al-Sayed Barzani Ezidi Aziz Saleh
"""

GIVEN, FAMILY = tuple(_GIVEN.split()), tuple(_FAMILY.split())
